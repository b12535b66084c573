package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DestinationTest {
    private static final Destination.Look ONLY_DOCS = path -> path.toString().equals("/docs");

    @ParameterizedTest
    @CsvSource({
        "/, /a.txt, false",
        "/docs, /docs/a.txt, false",
        "/docs/, /docs/a.txt, true",
        "/new, /new, false",
        "/new/, /new/a.txt, true",
        "/docs/new, /docs/new, false"
    })
    void oneThingGoesWhereCpWouldPutIt(String typed, String path, boolean made) throws IOException {
        var destination = Destination.of(typed, ONLY_DOCS, false);
        assertThat(destination.pathFor(Optional.of("a.txt"))).hasToString(path);
        assertThat(destination.isMade()).isEqualTo(made);
    }

    @Test
    void severalThingsNeedAFolder() throws IOException {
        assertThat(Destination.of("/docs", ONLY_DOCS, true).isFolder()).isTrue();
        assertThat(Destination.of("/new/", ONLY_DOCS, true).isFolder()).isTrue();
        assertThatThrownBy(() -> Destination.of("/new", ONLY_DOCS, true))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(":/new/");
    }

    @Test
    void aPipeNeedsAName() throws IOException {
        assertThat(Destination.of("/new", ONLY_DOCS, false).pathFor(Optional.empty()))
                .hasToString("/new");
        assertThatThrownBy(() -> Destination.of("/docs", ONLY_DOCS, false).pathFor(Optional.empty()))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void theServerIsNotAskedWhatTheTextSays() throws IOException {
        Destination.Look never = path -> {
            throw new AssertionError("asked");
        };
        assertThat(Destination.of("/", never, true).isFolder()).isTrue();
        assertThat(Destination.of("/x/", never, true).isFolder()).isTrue();
    }

    @Test
    void localThingsGoWhereCpWouldPutThem(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("there"));
        assertThat(LocalDestination.of(".", false).pathFor("a")).isEqualTo(Path.of("a"));
        assertThat(LocalDestination.of(folder + "/there", false).pathFor("a")).isEqualTo(folder.resolve("there/a"));
        assertThat(LocalDestination.of(folder + "/new", false).pathFor("a")).isEqualTo(folder.resolve("new"));
        assertThat(LocalDestination.of(folder + "/new/", false).pathFor("a")).isEqualTo(folder.resolve("new/a"));
        assertThatThrownBy(() -> LocalDestination.of(folder + "/new", true)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @CsvSource({"a:b, a_b", "nul, _nul", "nul.txt, _nul.txt", "end., end_", "'what?', what_", "plain.txt, plain.txt"})
    void windowsGetsNamesThatItCanHold(String name, String held) {
        assertThat(new LocalNames(true).of(name)).isEqualTo(held);
        assertThat(new LocalNames(false).of(name)).isEqualTo(name);
    }
}
