package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wherry help}: what there is, or more of one command, such as {@code token create}. */
@Command(name = "help", helpCommand = true, description = "Say what there is, or more of one command.")
final class HelpOn implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Such as put, or token create.")
    List<String> words = new ArrayList<>();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var command = spec.commandLine().getParent();
        for (var word : words) {
            command = command.getSubcommands().get(word);
            if (command == null) {
                throw new UsageException(
                        "no help for \"" + String.join(" ", words) + "\": there is no such command; help lists them");
            }
        }
        command.usage(spec.commandLine().getOut());
        return ExitCode.DONE.number();
    }
}
