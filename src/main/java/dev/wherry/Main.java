package dev.wherry;

import dev.wherry.auth.AccountReset;
import dev.wherry.cli.Cli;
import dev.wherry.cli.Surroundings;
import dev.wherry.cli.shell.ShellCommand;

/** The {@code wherry} command: the only place that sees both halves. */
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command line; answers what to exit with. */
    static int run(String... arguments) {
        return cli().run(arguments);
    }

    /** With all commands, none of which is made before it is called. */
    static Cli cli() {
        var around = Surroundings.ofProcess();
        return new Cli(around, AccountReset::reset)
                .with("shell", () -> new ShellCommand(around, AccountReset::reset))
                .with("serve", () -> new Serve(Cli.version()))
                .with("config", () -> ConfigCommand.with(around.screen().out(), System.err));
    }
}
