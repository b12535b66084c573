package dev.wherry.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code wherry completion}: a script with which a shell completes the words of these commands. */
@Command(
        name = "completion",
        description = {
            "Print a script with which a shell completes commands and options.",
            "",
            "The scripts of all three shells also lie in share/ of the application folder, as files."
        },
        footer = {
            "",
            "Examples:",
            "  eval \"$(wherry completion bash)\"                   in ~/.bashrc",
            "  eval \"$(wherry completion zsh)\"                    in ~/.zshrc, behind compinit",
            "  wherry completion fish | source                    in ~/.config/fish/config.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
    String shell = "";

    private final Cli cli;

    CompletionCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        cli.screen().raw(Completion.forShell(shell, cli.commandLine()).stripTrailing());
        return ExitCode.DONE.number();
    }
}
