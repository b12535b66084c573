package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.cli.Outlook;
import dev.wherry.cli.Screen;
import dev.wherry.cli.Surroundings;
import dev.wherry.client.RemoteEntry;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionsTest {
    @TempDir
    Path folder;

    private Whereabouts where;
    private Completions completions;

    @BeforeEach
    void setUp() throws IOException {
        Files.createDirectories(folder.resolve("pictures"));
        Files.writeString(folder.resolve("plain.txt"), "");
        Files.writeString(folder.resolve(".hidden"), "");
        where = new Whereabouts(Path.of("").toAbsolutePath(), folder);
        where.goHere(folder);
        where.goThere(VirtualPath.parse("/docs"));
        var screen = new Screen(InputStream.nullInputStream(), System.out, System.err, false, Map.of());
        var connections = new Connections(note -> {});
        var around = new Surroundings(screen, Map.of(), false);
        var session = new Session(around, (data, user) -> "", connections, where);
        var shell = new Shell(screen, session, connections, where, false);
        var names = new RemoteNames(
                CompletionsTest::list, Runnable::run, System::nanoTime, Duration.ofSeconds(1), Duration.ofSeconds(1));
        completions =
                new Completions(shell, where, names, () -> List.of(new Outlook.Unfinished("4f2a", "/docs/big.bin")));
    }

    private static List<RemoteEntry> list(VirtualPath path) throws IOException {
        return switch (path.toString()) {
            case "/docs" -> List.of(entry("a b.txt", "file"), entry("letters", "folder"), entry("esc\u001b", "file"));
            case "/docs/letters" -> List.of(entry("anna", "file"), entry(".draft", "file"));
            case "/" -> List.of(entry("docs", "folder"));
            default -> throw new IOException("no such folder");
        };
    }

    private static RemoteEntry entry(String name, String kind) {
        return RemoteEntry.of(Map.of("name", name, "kind", kind));
    }

    private List<String> at(String line) {
        var candidates = new ArrayList<Candidate>();
        completions.find(new TypedLine(line, line.length(), true).words(), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void namesOnTheServerAreOfferedWhereTheyCanStand() {
        assertThat(at("ls ")).containsExactly("a b.txt", "letters/");
        assertThat(at("ls letters/")).containsExactly("letters/anna");
        assertThat(at("ls letters/.")).containsExactly("letters/anna", "letters/.draft");
        assertThat(at("rm :/")).containsExactly(":/docs/");
        assertThat(at("rm ../")).containsExactly("../docs/");
        assertThat(at("cd ")).containsExactly("letters/");
        assertThat(at("mkdir ")).containsExactly("letters/");
        assertThat(at("ls nowhere/")).isEmpty();
    }

    @Test
    void namesHereAreOfferedToWhatSends() {
        assertThat(at("put ")).containsExactly("pictures/", "plain.txt");
        assertThat(at("put .")).contains(".hidden");
        assertThat(at("put plain.txt :")).containsExactly(":a b.txt", ":letters/");
        assertThat(at("lcd ")).containsExactly("pictures/");
        assertThat(at("get a ")).containsExactly("a b.txt", "letters/", "pictures/", "plain.txt");
        assertThat(at("UPLOAD ")).containsExactly("pictures/", "plain.txt");
    }

    @Test
    void commandsAndTheirOptionsAreOffered() {
        assertThat(at(""))
                .contains("put", "cd", "quit", "help", "user")
                .doesNotContain("upload", "serve", "shell", "completion");
        assertThat(at("upl")).contains("upload", "uploads");
        assertThat(at("help ")).contains("put", "cd");
        assertThat(at("put --")).contains("--recursive", "--resume");
        assertThat(at("uploads ")).containsExactly("cancel");
        assertThat(at("user ")).contains("add", "remove");
    }

    @Test
    void unfinishedUploadsAreOfferedByTheirIds() {
        assertThat(at("put --resume ")).containsExactly("4f2a");
        assertThat(at("uploads cancel ")).containsExactly("4f2a");
    }
}
