package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.client.Traffic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The {@code wherry} command and its subcommands. Only the subcommand that is called is looked at, unless help is
 * wanted or none is known by that name: that is what makes the start quick.
 */
public final class Cli {
    private static final String NAME = "wherry";

    /** Longer lines are hard to read, however wide the window is. */
    private static final int MOST_WIDTH = 100;

    private static final int LEAST_WIDTH = 55;

    /** In the order in which help lists them. */
    private static final List<String> COMMANDS = List.of(
            "login",
            "logout",
            "put",
            "get",
            "sync",
            "ls",
            "rm",
            "mkdir",
            "rmdir",
            "mv",
            "uploads",
            "verify",
            "history",
            "stats",
            "top",
            "tail",
            "token",
            "user",
            "completion");

    /** Those of them that speak to no server. */
    private static final Set<String> LOCAL = Set.of("completion");

    /** What asks for a connection that carries files. */
    private static final Set<String> CARRYING = Set.of("put", "upload", "get", "download", "sync");

    private final Surroundings around;
    private final PasswordReset reset;
    private final Map<String, Supplier<Object>> others = new LinkedHashMap<>();

    /** @param reset the server's half of {@code user reset --data} */
    public Cli(Surroundings around, PasswordReset reset) {
        this.around = around;
        this.reset = reset;
    }

    /**
     * One more subcommand, which help lists after the others.
     *
     * @param command makes an object with picocli's annotations, or a {@link CommandLine}; called only when needed
     */
    public Cli with(String name, Supplier<Object> command) {
        others.put(name, command);
        return this;
    }

    /** The subcommand of this name or alias. A switch, because a table of makers would cost every start. */
    private Optional<Object> command(String name) {
        return switch (name) {
            case "login" -> Optional.of(new LoginCommand(around));
            case "logout" -> Optional.of(new LogoutCommand(around));
            case "put", "upload" -> Optional.of(new PutCommand(around));
            case "get", "download" -> Optional.of(new GetCommand(around));
            case "sync" -> Optional.of(new SyncCommand(around));
            case "ls", "dir", "list" -> Optional.of(new LsCommand(around));
            case "rm", "delete" -> Optional.of(new RmCommand(around));
            case "mkdir" -> Optional.of(new MkdirCommand(around));
            case "rmdir" -> Optional.of(new RmdirCommand(around));
            case "mv", "move" -> Optional.of(new MvCommand(around));
            case "uploads" -> Optional.of(UploadsCommand.with(around));
            case "verify" -> Optional.of(new VerifyCommand(around));
            case "history" -> Optional.of(new HistoryCommand(around));
            case "stats" -> Optional.of(new StatsCommand(around));
            case "top" -> Optional.of(new TopCommand(around));
            case "token" -> Optional.of(TokenCommand.with(around));
            case "tail" -> Optional.of(new TailCommand(around));
            case "user" -> Optional.of(UserCommand.with(around, reset));
            case "completion" -> Optional.of(new CompletionCommand(this));
            default -> Optional.ofNullable(others.get(name)).map(Supplier::get);
        };
    }

    /** Runs a command line; answers the number to exit with. */
    public int run(String... arguments) {
        try {
            return printed(commandLine(arguments).execute(arguments));
        } catch (OutOfMemoryError full) {
            around.screen().note("wherry: " + Failures.sentence(full));
            return ExitCode.SOME_FAILED.number();
        }
    }

    /** A command whose results nobody has got has not succeeded. */
    private int printed(int code) {
        var trouble = around.screen().trouble();
        if (code != ExitCode.DONE.number() || trouble.isEmpty()) {
            return code;
        }
        if (!Output.isUnread(trouble.get())) {
            around.screen()
                    .note("wherry: standard output could not be written: " + trouble.get()
                            + "; what was printed is not whole");
        }
        return (Output.isFull(trouble.get()) ? ExitCode.NO_SPACE : ExitCode.SOME_FAILED).number();
    }

    /** Every command with all its options: what help, manual pages and completion are made from. */
    public CommandLine commandLine() {
        return commandLine("help");
    }

    Screen screen() {
        return around.screen();
    }

    private CommandLine commandLine(String... arguments) {
        var line = new CommandLine(new Wherry());
        var name = arguments.length > 0 ? arguments[0] : "";
        var called = command(name);
        if (called.isPresent()) {
            if (!LOCAL.contains(name) && !others.containsKey(name)) {
                Connection.prepare(CARRYING.contains(name) ? Traffic.FILES : Traffic.TALK);
            }
            line.addSubcommand(called.get());
        } else {
            for (var each : COMMANDS) {
                line.addSubcommand(command(each).orElseThrow());
            }
            others.values().forEach(command -> line.addSubcommand(command.get()));
            line.addSubcommand(new HelpOn());
        }
        standardise(line);
        line.setOut(new PrintWriter(around.screen().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(around.screen().err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(around.screen().hasColour() ? Ansi.ON : Ansi.OFF));
        line.setHelpFactory(this::help);
        HelpText.render(line);
        if (!around.host().equals(CommandHost.PROCESS)) {
            line.registerConverter(Path.class, text -> Path.of(around.host().here(text)));
        }
        line.setExecutionExceptionHandler(this::failed);
        line.setParameterExceptionHandler(this::misused);
        return line;
    }

    /** Help and version are everywhere. */
    private static void standardise(CommandLine line) {
        var spec = line.getCommandSpec();
        spec.mixinStandardHelpOptions(true);
        spec.versionProvider(() -> new String[] {"wherry " + version()});
        spec.usageMessage().abbreviateSynopsis(true);
        line.getSubcommands().values().forEach(Cli::standardise);
    }

    /** As the build wrote it into the archive. */
    public static String version() {
        return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion())
                .orElse("(built from source)");
    }

    /** As wide as the terminal, which is asked only when help is wanted: that takes longer than most commands. */
    private CommandLine.Help help(CommandSpec spec, CommandLine.Help.ColorScheme colours) {
        int columns = new TerminalWidth(around.environment()).columns();
        spec.usageMessage().width(Math.clamp(columns, LEAST_WIDTH, MOST_WIDTH));
        return new HelpText(spec, colours, around.program());
    }

    private int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        if (around.host().isInterrupted()) {
            return ExitCode.INTERRUPTED.number();
        }
        var code = ExitCode.of(failure);
        if (parsed.hasMatchedOption("--json")) {
            new JsonLines(around.screen()).failed(failure, "", Map.of());
        } else {
            told(failure);
        }
        return code.number();
    }

    /** Tells a person of a failure; answers the number for it. */
    public int told(Exception failure) {
        around.screen().note("wherry: " + Failures.sentence(failure));
        return ExitCode.of(failure).number();
    }

    private int misused(ParameterException mistake, String[] arguments) {
        var line = mistake.getCommandLine();
        var screen = around.screen();
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.USAGE.number();
        }
        screen.note("wherry: " + Visible.text(Misuse.sentence(mistake)));
        var command =
                line.getCommandSpec().qualifiedName().substring(NAME.length()).strip();
        screen.note("\"" + around.typed((command + " --help").strip()) + "\" says how it is used.");
        return ExitCode.USAGE.number();
    }

    @Command(
            name = NAME,
            description = {
                "Transfer files to and from a server of your own: resumable, verified, durable.",
                "",
                "A place on a server is [USER@]HOST[:PORT]:/path, or :/path on the server last logged in to."
            },
            footerHeading = "%nTo begin:%n",
            footer = {
                "  wherry serve                 run a server here",
                "  wherry login admin@HOST      log in to one",
                "  wherry put FILE              send a file",
                "  wherry get :/FILE            fetch it",
                "",
                "\"wherry help COMMAND\" says more of each command.",
                "",
                "Exit codes: 0 done, 1 some of several failed, 2 usage, 3 cannot connect, 4 not allowed, 5 not found, "
                        + "6 exists, 7 busy, 8 verification failed, 9 unknown or changed server, 10 no space or quota, "
                        + "11 interrupted but resumable, 130 Ctrl-C."
            })
    static final class Wherry {}
}
