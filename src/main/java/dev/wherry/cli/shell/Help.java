package dev.wherry.cli.shell;

import dev.wherry.cli.Screen;
import dev.wherry.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * What {@code help} says: every command in a line, and last, where it stays on the screen, how one begins; of one
 * command all there is.
 */
final class Help {
    private static final int NAME_WIDTH = 24;
    private static final int SUMMARY_WIDTH = 52;

    /** Each heading with the commands below it; what is in none of them comes last. */
    private static final List<Group> GROUPS = List.of(
            new Group("On the server", List.of("ls", "cd", "pwd", "mkdir", "rmdir", "rm", "mv", "verify")),
            new Group("On this machine", List.of("lls", "lcd", "lpwd", "!")),
            new Group("Between the two", List.of("put", "get", "sync", "uploads")),
            new Group("What happens there", List.of("tail", "top", "stats", "history")),
            new Group("Who you are", List.of("connect", "login", "logout", "token", "user")),
            new Group("This shell", List.of("clear", "help", "quit")));

    private static final String LAST = "More";

    private static final String BEGIN = """
            To begin:
              ls                       what is on the server
              cd photos                go into a folder there ...
              lcd ~/Pictures           ... and into one here
              put -r holiday           send a folder into the one that you are in
              get *.jpg .              fetch some files: names are those of the server
              put notes.txt :letters/  a colon marks what is on the server
            """;

    private static final String END = """
            Tab completes commands, options and names on both sides. Ctrl-C stops what runs,
            and the shell goes on. "help COMMAND" says more of one, "help names" how names
            are written, "help keys" what the keys do.
            """;

    private static final String NAMES = """
            Names

            On the server they begin in the folder that "pwd" shows, here in that of "lpwd".
            A colon marks what is on the server. Where nothing else can be meant (ls, rm,
            mkdir, rmdir, mv, verify, the sources of get) it may be left out:
              ls letters               put notes.txt :letters/       sync photos :photos
              get letters/*.txt .      the last of several names is where they go here

            Names with spaces stand in quotes, or have a backslash before each space:
              get "my letter.txt"      get my\\ letter.txt

            * stands for any text, ? for one character, [a-z] for one of some, on both sides;
            a leading dot has to be written. Quotes do not change that, as on the command
            line: [*] is a star itself. ".." is the folder above, "~" your home folder on
            this machine. # begins a remark.

            The course project's names do what they did: UPLOAD, DOWNLOAD, DELETE, DIR,
            LIST_SERVER, MKDIR, RMDIR, SUBFOLDER create and delete, CONNECT IP PORT,
            LOGOUT, HELP. Case does not matter in the name of a command.
            """;

    private static final String KEYS = """
            Keys

              Tab                completes; again to choose with the arrows
              Up, Down, Ctrl-R   earlier lines; search in them
              Ctrl-A, Ctrl-E     to the beginning, to the end of the line
              Ctrl-W, Ctrl-U     delete the word before, the whole line
              Ctrl-C             at the prompt: a new line; while something runs: stop it
              Ctrl-D             on an empty line: leave

            An upload that Ctrl-C stopped is gone on with by the line that it prints
            (put --resume ...), here or elsewhere; "uploads" lists what waits. A line that
            begins with a space is not remembered.
            """;

    private static final Map<String, String> TOPICS = Map.of("names", NAMES, "keys", KEYS);

    private final Shell shell;
    private final ShellHost host;
    private final Screen screen;

    Help(Shell shell, ShellHost host, Screen screen) {
        this.shell = shell;
        this.host = host;
        this.screen = screen;
    }

    /** @param about a command, by any of its names, and one below it; or a topic; all of them when it is empty */
    int show(List<String> about) {
        if (about.isEmpty()) {
            overview();
            return 0;
        }
        var usual = Names.usual(about);
        var name = usual.getFirst();
        if (about.size() > 1 && shell.commands().containsKey(name)) {
            return ofCommand(usual);
        }
        return show(Names.usual(about.getFirst()), String.join(" ", about));
    }

    private int show(String name, String about) {
        if (TOPICS.containsKey(name)) {
            screen.say(TOPICS.get(name).stripTrailing());
            return 0;
        }
        if (name.equals("subfolder")) {
            screen.say("subfolder create FOLDER   is mkdir\nsubfolder delete FOLDER   is rmdir");
            return 0;
        }
        var builtin = shell.builtins().get(name);
        if (builtin != null) {
            screen.say(builtin.usage() + "\n\n  " + sentence(builtin.summary())
                    + (builtin.more().isEmpty() ? "" : "\n  " + builtin.more()));
            return 0;
        }
        if (shell.commands().containsKey(name)) {
            return ofCommand(List.of(name));
        }
        throw new UsageException("no help for \"" + about + "\"; \"help\" lists all commands");
    }

    private int ofCommand(List<String> words) {
        var help = new ArrayList<>(List.of("help"));
        help.addAll(words);
        int code = shell.session().cli(host).run(help.toArray(String[]::new));
        if (code == 0) {
            screen.say("\nIn the shell \"wherry\" is left out, and names begin in the folders that you\n"
                    + "are in; see \"help names\".");
        }
        return code;
    }

    private void overview() {
        var rest = new TreeSet<>(canonical());
        for (var group : GROUPS) {
            show(
                    group.heading(),
                    group.commands().stream().filter(this::isKnown).toList());
            rest.removeAll(Set.copyOf(group.commands()));
        }
        show(LAST, List.copyOf(rest));
        screen.say("\n" + BEGIN + "\n" + END.stripTrailing());
    }

    private boolean isKnown(String name) {
        return shell.builtins().containsKey(name) || shell.commands().containsKey(name);
    }

    private List<String> canonical() {
        return shell.commands().entrySet().stream()
                .filter(each -> each.getKey().equals(each.getValue().getCommandName())
                        && !each.getKey().equals("help"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void show(String heading, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        var lines = new ArrayList<String>();
        lines.add("\n" + heading + ":");
        for (var name : names) {
            var builtin = shell.builtins().get(name);
            lines.add(
                    builtin == null
                            ? line(name, summary(shell.commands().get(name)))
                            : line(builtin.usage(), builtin.summary()));
        }
        screen.say(String.join("\n", lines));
    }

    private static String line(String usage, String summary) {
        return "  " + usage + " ".repeat(Math.max(1, NAME_WIDTH - usage.length())) + " " + summary;
    }

    /** The first sentence, as a line of a list has it. */
    static String summary(@Nullable CommandLine command) {
        var description = command == null
                ? new String[0]
                : command.getCommandSpec().usageMessage().description();
        if (description.length == 0 || description[0].isEmpty()) {
            return "";
        }
        var first = shortened(description[0].replaceAll("[.:;] .*|[.]$", ""));
        return Character.toLowerCase(first.charAt(0)) + first.substring(1);
    }

    /** What is behind a comma can be left out more often than not. */
    private static String shortened(String sentence) {
        if (sentence.length() <= SUMMARY_WIDTH) {
            return sentence;
        }
        int comma = sentence.lastIndexOf(", ", SUMMARY_WIDTH);
        return comma > 0
                ? sentence.substring(0, comma)
                : sentence.substring(0, sentence.lastIndexOf(' ', SUMMARY_WIDTH)) + " ...";
    }

    private static String sentence(String summary) {
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
    }

    private record Group(String heading, List<String> commands) {}
}
