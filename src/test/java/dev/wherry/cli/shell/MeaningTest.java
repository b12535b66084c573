package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.cli.Cli;
import dev.wherry.cli.Screen;
import dev.wherry.cli.Surroundings;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;

final class MeaningTest {
    private static CommandSpec command(String name) {
        var screen = new Screen(InputStream.nullInputStream(), System.out, System.err, false, Map.of());
        var line = new Cli(new Surroundings(screen, Map.of(), false), (data, user) -> "").commandLine();
        return Objects.requireNonNull(line.getSubcommands().get(name)).getCommandSpec();
    }

    @ParameterizedTest
    @CsvSource({
        "put ^, EITHER",
        "put a ^, EITHER",
        "put --fsync ^, EITHER",
        "put -^, OPTION",
        "put --resume ^, UPLOAD",
        "put --password-file ^, HERE",
        "put -- -^, EITHER",
        "get ^, THERE",
        "get a ^, BOTH",
        "get --limit-rate 20M ^, THERE",
        "get --limit-rate=20M ^, THERE",
        "ls a ^, THERE",
        "rm ^, THERE",
        "mkdir ^, FOLDER_THERE",
        "rmdir ^, FOLDER_THERE",
        "sync ^, EITHER",
        "sync a ^, EITHER",
        "sync a b ^, NOTHING",
        "uploads ^, SUBCOMMAND",
        "uploads cancel ^, UPLOAD",
        "user add ^, NOTHING",
    })
    void theLabelsOfCommandsTellWhatAWordIs(String line, Meaning meaning) {
        var words = new ArrayList<>(List.of(line.replace("^", "").split(" ", -1)));
        var word = words.removeLast();
        var spec = command(words.removeFirst());
        assertThat(Meaning.of(spec, words, word).meaning()).isEqualTo(meaning);
    }

    @Test
    void optionsAndTheirValuesAreNoArguments() {
        assertThat(Meaning.positionals(command("put"), List.of("-r", "--limit-rate", "20M", "a", "--exclude=x", "b")))
                .containsExactly("a", "b");
    }
}
