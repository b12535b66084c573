package dev.wherry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerbTest {
    @Test
    void helpSaysHowEveryRequestIsWritten() {
        var text = Verb.help(Optional.empty());
        for (var verb : Verb.values()) {
            assertThat(text).contains(verb.usage() + ": " + verb.help());
        }
    }

    @Test
    void helpOnOneVerbIsAboutThatOne() {
        assertThat(Verb.help(Optional.of("list"))).isEqualTo(Verb.LIST.usage() + ": " + Verb.LIST.help());
        assertThat(Verb.help(Optional.of("user")).lines()).hasSize(6);
        assertThat(Verb.help(Optional.of("User Add")).lines()).hasSize(1);
    }

    @Test
    void helpOnNoVerbSuggestsTheNearest() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> Verb.help(Optional.of("lits")))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.UNKNOWN_REQUEST))
                .satisfies(fault -> assertThat(fault.facts()).containsEntry("nearest", "LIST"));
    }

    @Test
    void everyOptionOfAVerbIsInItsUsage() {
        for (var verb : Verb.values()) {
            for (var option : verb.options()) {
                assertThat(verb.usage()).contains(option + "=");
            }
        }
    }

    @Test
    void everyRequestOptionAndFaultCodeIsDescribedInTheDocumentation() throws IOException {
        var page = Files.readString(Path.of("src/docs/console-protocol.md"));
        for (var verb : Verb.values()) {
            assertThat(page).contains("`" + verb.words());
            assertThat(verb.options()).allMatch(option -> page.contains(option + "="));
        }
        var both = page + Files.readString(Path.of("src/docs/http.md"));
        for (var fault : Fault.values()) {
            assertThat(both).contains("`" + fault.code() + "`");
        }
    }
}
