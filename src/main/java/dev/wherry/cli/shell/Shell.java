package dev.wherry.cli.shell;

import dev.wherry.cli.Access;
import dev.wherry.cli.Screen;
import dev.wherry.cli.UsageException;
import dev.wherry.protocol.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Carries out lines, one after another; what goes wrong in one is told, and ends nothing. */
final class Shell {
    private static final int DONE = 0;
    private static final int INTERRUPTED = 130;

    /** Commands that are of no use in a shell that runs already. */
    private static final Set<String> OUTSIDE = Set.of("serve", "config", "completion", "shell");

    /** Those that read keys themselves, which two cannot do at once in one process. */
    private static final Set<String> FULL_SCREEN = Set.of("top");

    private final Screen screen;
    private final Session session;
    private final Connections connections;
    private final Whereabouts where;
    private final boolean windows;
    private final Map<String, Builtin> builtins;
    private final CompletableFuture<CommandLine> commands;
    private boolean left;

    /** Of the command that runs, which Ctrl-C is meant for; another thread tells of that. */
    private volatile @Nullable ShellHost running;

    Shell(Screen screen, Session session, Connections connections, Whereabouts where, boolean windows) {
        this.screen = screen;
        this.session = session;
        this.connections = connections;
        this.where = where;
        this.windows = windows;
        this.builtins = new Builtins(this, session, where, screen).byName();
        // Every command with all of its options takes a moment; it is wanted by the time of the first Tab.
        this.commands = CompletableFuture.supplyAsync(session.cli(host())::commandLine);
    }

    Session session() {
        return session;
    }

    Map<String, Builtin> builtins() {
        return builtins;
    }

    /** Those of the command line that make sense here, by their names, other names among them. */
    Map<String, CommandLine> commands() {
        var known = new TreeMap<>(commands.join().getSubcommands());
        known.keySet().removeAll(OUTSIDE);
        known.keySet().removeAll(builtins.keySet());
        return known;
    }

    boolean isLeft() {
        return left;
    }

    void leave() {
        left = true;
    }

    boolean hasBackslash() {
        return !windows;
    }

    /** What a command finds in the shell. */
    ShellHost host() {
        return new ShellHost(where, connections);
    }

    /** Ctrl-C while a line is carried out. */
    void interrupt() {
        var command = running;
        if (command != null) {
            command.interrupt();
        }
    }

    /**
     * Whether a line is worth remembering: it begins with a command, or with a slip of one. Anything else may be an
     * answer to a question that was no longer asked, such as a password.
     */
    boolean isMemorable(String line) {
        var words = Names.usual(Words.of(line.strip(), hasBackslash()).texts());
        return line.strip().startsWith("!")
                || words.stream()
                        .limit(1)
                        .anyMatch(name -> isCommand(name) || nearest(name).isPresent());
    }

    private boolean isCommand(String name) {
        return builtins.containsKey(name)
                || OUTSIDE.contains(name)
                || commands().containsKey(name);
    }

    private Optional<String> nearest(String name) {
        var names = new ArrayList<>(commands().keySet());
        names.addAll(builtins.keySet());
        return Nearest.of(name, names);
    }

    /** Carries out a line; answers the number for how it ended, as the command line has it. */
    int run(String line) {
        int code = run(host -> carryOut(line.strip(), host));
        boolean isOurs = !line.strip().startsWith("!");
        if (code != DONE
                && code != INTERRUPTED
                && isOurs
                && Words.of(line, hasBackslash()).seemSeveralCommands()) {
            screen.note("Each command stands on a line of its own: \";\" and \"&&\" part none here.");
        }
        return code;
    }

    /** Goes to the server that is named, else to the one that would be meant without. */
    int connect(Access access, Optional<String> place) {
        return run(host -> session.connect(host, access, place));
    }

    private int run(Work work) {
        try (var host = host()) {
            running = host;
            int code = work.on(host);
            return ended(host, code);
        } catch (IOException | RuntimeException failure) {
            return session.cli(host()).told(failure);
        } finally {
            running = null;
        }
    }

    /** Transfers have told themselves how they were stopped. */
    private int ended(ShellHost host, int code) {
        if (!host.isInterrupted()) {
            return code;
        }
        if (code == DONE || code == INTERRUPTED) {
            screen.note("interrupted");
        }
        return INTERRUPTED;
    }

    private int carryOut(String line, ShellHost host) throws IOException {
        if (line.startsWith("!")) {
            return run(builtins.get("!"), List.of(line.substring(1).strip()), host);
        }
        var words = Words.of(line, hasBackslash());
        if (words.open().isPresent()) {
            throw new UsageException("a quote " + words.open().get() + " is not closed");
        }
        var usual = Names.usual(words.texts());
        if (usual.isEmpty()) {
            return DONE;
        }
        var builtin = builtins.get(usual.getFirst());
        return builtin == null ? command(usual, host) : run(builtin, usual.subList(1, usual.size()), host);
    }

    private static int run(@Nullable Builtin builtin, List<String> arguments, ShellHost host) throws IOException {
        return builtin == null ? DONE : builtin.action().run(arguments, host);
    }

    private int command(List<String> words, ShellHost host) throws IOException {
        var name = words.getFirst();
        if (OUTSIDE.contains(name)) {
            throw new UsageException(name + " is no command of the shell: leave it first, or use another terminal");
        }
        var command = commands().get(name);
        if (command == null) {
            throw new UsageException("unknown command: " + name
                    + nearest(name).map(near -> "; did you mean " + near + "?").orElse("; help lists them"));
        }
        var arguments = words.subList(1, words.size());
        if (command.getCommandName().equals("put")) {
            checkPut(Meaning.positionals(command.getCommandSpec(), arguments));
        }
        if (!asksForHelp(arguments)) {
            int code = session.arriveIfNeeded(host);
            if (code != DONE) {
                return code;
            }
        }
        return FULL_SCREEN.contains(name) && screen.isInteractive()
                ? new OwnTerminal(session.environment()).run(words)
                : session.cli(host).run(words.toArray(String[]::new));
    }

    private static boolean asksForHelp(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-h");
    }

    /** Here a slip is likely that cannot happen on the command line, where nobody leaves a colon out. */
    private void checkPut(List<String> places) {
        if (places.contains("-")) {
            throw new UsageException("there is no pipe in the shell: put a file, or leave the shell first");
        }
        if (places.size() < 2 || places.getLast().startsWith(":")) {
            return;
        }
        var last = where.expanded(places.getLast());
        if (last.size() == 1 && Files.notExists(Path.of(last.getFirst()))) {
            throw new UsageException(
                    "\"" + places.getLast() + "\" is no file here; on the server it is \":" + places.getLast() + "\"");
        }
    }

    private interface Work {
        int on(ShellHost host) throws IOException;
    }
}
