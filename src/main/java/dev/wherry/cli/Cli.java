package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.protocol.Nearest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code wherry} command and its subcommands. Only the subcommand that is called is looked at, unless help is
 * wanted or none is known by that name: that is what makes the start quick.
 */
public final class Cli {
    private static final int USUAL_WIDTH = 100;
    private static final int LEAST_WIDTH = 55;

    private final Surroundings around;
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    /** Those that speak to a server. */
    private final Set<String> connecting;

    /** @param reset the server's half of {@code user reset --data} */
    public Cli(Surroundings around, PasswordReset reset) {
        this.around = around;
        commands.put("login", () -> new LoginCommand(around));
        commands.put("logout", () -> new LogoutCommand(around));
        commands.put("put", () -> new PutCommand(around));
        commands.put("get", () -> new GetCommand(around));
        commands.put("ls", () -> new LsCommand(around));
        commands.put("rm", () -> new RmCommand(around));
        commands.put("mkdir", () -> new MkdirCommand(around));
        commands.put("rmdir", () -> new RmdirCommand(around));
        commands.put("mv", () -> new MvCommand(around));
        commands.put("tail", () -> new TailCommand(around));
        commands.put("user", () -> UserCommand.with(around, reset));
        connecting = Set.copyOf(commands.keySet());
    }

    /**
     * One more subcommand, which help lists after the others.
     *
     * @param command makes an object with picocli's annotations, or a {@link CommandLine}; called only when needed
     */
    public Cli with(String name, Supplier<Object> command) {
        commands.put(name, command);
        return this;
    }

    /** Runs a command line; answers the number to exit with. */
    public int run(String... arguments) {
        return commandLine(arguments).execute(arguments);
    }

    /** Every command with all its options: what help, manual pages and completion are made from. */
    public CommandLine commandLine() {
        return commandLine("help");
    }

    private CommandLine commandLine(String... arguments) {
        var line = new CommandLine(new Wherry());
        var called = arguments.length > 0 ? commands.get(arguments[0]) : null;
        if (called != null) {
            if (connecting.contains(arguments[0])) {
                Connection.prepare();
            }
            line.addSubcommand(arguments[0], called.get());
        } else {
            commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
            line.addSubcommand("help", new HelpCommand());
        }
        standardise(line);
        line.setOut(new PrintWriter(around.screen().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(around.screen().err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(around.screen().hasColour() ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(width());
        line.setExecutionExceptionHandler(this::failed);
        line.setParameterExceptionHandler(this::misused);
        return line;
    }

    /** Help and version are everywhere. */
    private static void standardise(CommandLine line) {
        var spec = line.getCommandSpec();
        if (!(spec.userObject() instanceof HelpCommand)) {
            spec.mixinStandardHelpOptions(true);
            spec.versionProvider(() -> new String[] {"wherry " + version()});
            spec.usageMessage().abbreviateSynopsis(true);
        }
        line.getSubcommands().values().forEach(Cli::standardise);
    }

    /** As the build wrote it into the archive. */
    public static String version() {
        return Optional.ofNullable(Cli.class.getPackage().getImplementationVersion())
                .orElse("(built from source)");
    }

    private int width() {
        var columns = around.variable("COLUMNS").filter(text -> text.matches("[0-9]{1,4}"));
        return Math.max(LEAST_WIDTH, columns.map(Integer::parseInt).orElse(USUAL_WIDTH));
    }

    private int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        var code = ExitCode.of(failure);
        if (parsed.hasMatchedOption("--json")) {
            new JsonLines(around.screen()).failed(failure, "", Map.of());
        } else {
            around.screen().note("wherry: " + Failures.sentence(failure));
        }
        return code.number();
    }

    private int misused(ParameterException mistake, String[] arguments) {
        var line = mistake.getCommandLine();
        var screen = around.screen();
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.USAGE.number();
        }
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            screen.note("wherry: " + unknown(unmatched));
        } else {
            screen.note("wherry: " + mistake.getMessage());
        }
        screen.note("\"" + line.getCommandSpec().qualifiedName() + " --help\" says how it is used.");
        return ExitCode.USAGE.number();
    }

    private static String unknown(UnmatchedArgumentException mistake) {
        var word = mistake.getUnmatched().getFirst();
        var spec = mistake.getCommandLine().getCommandSpec();
        var commands = new ArrayList<>(spec.subcommands().keySet());
        if (!mistake.isUnknownOption() && commands.isEmpty()) {
            return "one argument too many: " + word;
        }
        var nearest = Nearest.of(
                word, mistake.isUnknownOption() ? List.copyOf(spec.optionsMap().keySet()) : commands);
        return (mistake.isUnknownOption() ? "unknown option: " : "unknown command: ")
                + word
                + nearest.map(near -> "; did you mean " + near + "?").orElse("");
    }

    @Command(
            name = "wherry",
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
                "Exit codes: 0 done, 1 some of several failed, 2 usage, 3 cannot connect, 4 not allowed, 5 not found,",
                "6 exists, 7 busy, 8 verification failed, 9 unknown or changed server, 10 no space or quota,",
                "11 interrupted but resumable, 130 Ctrl-C."
            })
    static final class Wherry {}
}
