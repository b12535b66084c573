package dev.wherry.cli.shell;

import dev.wherry.cli.Access;
import dev.wherry.cli.LocalListing;
import dev.wherry.cli.Screen;
import dev.wherry.cli.UsageException;
import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands that only the shell has: folders, who one is, help, and the way out. */
final class Builtins {
    private static final int DONE = 0;

    private final Shell shell;
    private final Session session;
    private final Whereabouts where;
    private final Screen screen;

    Builtins(Shell shell, Session session, Whereabouts where, Screen screen) {
        this.shell = shell;
        this.session = session;
        this.where = where;
        this.screen = screen;
    }

    /** In the order in which help lists them. */
    Map<String, Builtin> byName() {
        var all = new LinkedHashMap<String, Builtin>();
        for (var each : List.of(
                new Builtin(
                        "cd [FOLDER]",
                        Meaning.FOLDER_THERE,
                        "go into a folder on the server",
                        "Without a folder it goes to the top; \"cd ..\" goes up, \"cd -\" back.",
                        this::cd),
                new Builtin("pwd", Meaning.NOTHING, "say where you are on the server", "", this::pwd),
                new Builtin(
                        "lls [PLACE…]",
                        Meaning.HERE,
                        "list files on this machine",
                        "Places may hold * ? and [a-z].",
                        this::lls),
                new Builtin(
                        "lcd [FOLDER]",
                        Meaning.FOLDER_HERE,
                        "go into a folder on this machine",
                        "Without a folder it goes to your home folder. put, get and sync begin there from then on.",
                        this::lcd),
                new Builtin("lpwd", Meaning.NOTHING, "say where you are on this machine", "", this::lpwd),
                new Builtin(
                        "! COMMAND",
                        Meaning.NOTHING,
                        "run a command of this machine",
                        "The rest of the line goes to the system's shell as it is, in the folder that lcd went to.",
                        this::system),
                new Builtin(
                        "connect HOST [PORT]",
                        Meaning.NOTHING,
                        "go to another server",
                        "HOST may be [USER@]HOST[:PORT]. A login that is kept is used; else you are asked.",
                        this::connect),
                new Builtin(
                        "login [USER@HOST]",
                        Meaning.NOTHING,
                        "log in, here or elsewhere",
                        "The session is kept for the next shell and for other commands, until logout. Options are"
                                + " those of \"wherry login\".",
                        this::login),
                new Builtin(
                        "logout [--all]",
                        Meaning.NOTHING,
                        "end the session, on the server too",
                        "Uploads that have begun stay, and can be finished later.",
                        this::logout),
                new Builtin(
                        "help [COMMAND]",
                        Meaning.COMMAND,
                        "say what there is, or more of one command",
                        "\"help names\" says how names are written, \"help keys\" what the keys do.",
                        this::help),
                new Builtin("clear", Meaning.NOTHING, "clear the screen (also Ctrl-L)", "", this::clear),
                new Builtin(
                        "quit",
                        Meaning.NOTHING,
                        "leave (also exit, bye, Ctrl-D)",
                        "The session is kept for the next time; \"logout\" ends it.",
                        this::quit))) {
            all.put(each.name(), each);
        }
        return all;
    }

    private int cd(List<String> arguments, ShellHost host) throws IOException {
        int code = session.arriveIfNeeded(host);
        if (code != DONE) {
            return code;
        }
        var typed = atMostOne(arguments, "cd").orElse("/");
        var folder = typed.equals("-")
                ? where.before()
                : VirtualPath.parse(whole(where.there(typed.startsWith(":") ? typed.substring(1) : typed)));
        if (!session.outlook(host).isFolder(folder)) {
            throw Fault.NO_FOLDER.because("no such folder: :" + folder);
        }
        where.goThere(folder);
        return DONE;
    }

    private static String whole(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private int pwd(List<String> arguments, ShellHost host) {
        none(arguments, "pwd");
        screen.say(":" + where.there());
        return DONE;
    }

    private int lpwd(List<String> arguments, ShellHost host) {
        none(arguments, "lpwd");
        screen.say(where.here().toString());
        return DONE;
    }

    private int lcd(List<String> arguments, ShellHost host) throws IOException {
        var typed = atMostOne(arguments, "lcd").orElse("~");
        var folder = Path.of(where.here(typed)).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder)
                    ? Fault.NOT_FOLDER.because("no folder, but a file: " + folder)
                    : Fault.NO_FOLDER.because("no such folder: " + folder);
        }
        where.goHere(folder);
        return DONE;
    }

    private int lls(List<String> arguments, ShellHost host) throws IOException {
        if (arguments.stream().anyMatch(word -> word.startsWith("-"))) {
            throw new UsageException("lls has no options; \"!ls -la\" asks the system");
        }
        var paths = arguments.stream()
                .flatMap(typed -> where.expanded(typed).stream())
                .toList();
        new LocalListing(screen).show(paths.isEmpty() ? List.of(where.here().toString()) : paths);
        return DONE;
    }

    private int system(List<String> arguments, ShellHost host) throws IOException {
        var command = arguments.isEmpty() ? "" : String.join(" ", arguments);
        if (command.isEmpty()) {
            throw new UsageException("! COMMAND: what is to be run on this machine?");
        }
        var line = File.separatorChar == '\\' ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        return OwnTerminal.wait(new ProcessBuilder(line).directory(where.here().toFile()));
    }

    private int connect(List<String> arguments, ShellHost host) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new UsageException("connect HOST [PORT]: which server?");
        }
        var name = arguments.getFirst();
        boolean bare = name.indexOf(':') != name.lastIndexOf(':') && !name.contains("[");
        var place = arguments.size() == 1 ? name : (bare ? "[" + name + "]" : name) + ":" + arguments.getLast();
        return connected(session.connect(host, new Access(), Optional.of(place)));
    }

    private int login(List<String> arguments, ShellHost host) {
        var words = new ArrayList<>(List.of("login"));
        words.addAll(arguments);
        int code = session.cli(host).run(words.toArray(String[]::new));
        if (code != DONE || arguments.contains("--help") || arguments.contains("-h")) {
            return code;
        }
        var command = session.cli(host).commandLine().getSubcommands().get("login");
        var place = command == null
                ? Optional.<String>empty()
                : Meaning.positionals(command.getCommandSpec(), arguments).stream()
                        .findFirst();
        return session.connect(host, new Access(), place.or(session::server));
    }

    private int connected(int code) {
        if (code == DONE) {
            screen.say("connected to " + session.named().orElse("it"));
        }
        return code;
    }

    private int logout(List<String> arguments, ShellHost host) {
        var words = new ArrayList<>(List.of("logout"));
        words.addAll(arguments);
        int code = session.arriveIfNeeded(host);
        if (code != DONE) {
            return code;
        }
        code = session.cli(host).run(words.toArray(String[]::new));
        if (code == DONE) {
            session.forget();
        }
        return code;
    }

    private int help(List<String> arguments, ShellHost host) {
        return new Help(shell, host, screen).show(arguments);
    }

    private int clear(List<String> arguments, ShellHost host) {
        none(arguments, "clear");
        screen.clear();
        return DONE;
    }

    private int quit(List<String> arguments, ShellHost host) {
        none(arguments, "quit");
        shell.leave();
        return DONE;
    }

    private static void none(List<String> arguments, String command) {
        if (!arguments.isEmpty()) {
            throw new UsageException(command + " takes nothing: " + arguments.getFirst());
        }
    }

    private static Optional<String> atMostOne(List<String> arguments, String command) {
        if (arguments.size() > 1) {
            throw new UsageException(command + ": one argument too many: " + arguments.get(1)
                    + " (a name with spaces is written in quotes)");
        }
        return arguments.stream().findFirst();
    }
}
