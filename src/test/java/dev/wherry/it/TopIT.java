package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wherry top} in a real terminal, beside an upload that takes its time. */
final class TopIT {
    private static final int SIZE = 100_000_000;

    @TempDir
    static Path temporary;

    private static RunningServer server;
    private static Process sending;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(temporary.resolve("server"));
        var client = new Client(temporary.resolve("client"), server.clientEnvironment());
        Files.createDirectories(client.folder());
        Files.write(client.folder().resolve("slow.bin"), new byte[SIZE]);
        sending = client.start(
                temporary.resolve("put.out"), temporary.resolve("put.err"), "put", "--limit-rate", "500K", "slow.bin");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        sending.destroyForcibly().waitFor();
        server.close();
    }

    private static Pane pane(String name, String... variables) throws IOException {
        var environment = new TreeMap<>(server.clientEnvironment());
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        var pane = Pane.open(temporary.resolve(name), environment, 80, 24);
        return pane.type("echo what was here before");
    }

    /**
     * Some have a program called {@code test} on their path, ours for one, which is not what a library may take it for.
     */
    @Test
    void noProgramOfThePathIsAskedAboutTheTerminal() throws IOException {
        var programs = Files.createDirectory(temporary.resolve("programs"));
        var trace = programs.resolve("called");
        for (var name : List.of("test", "stty", "tty")) {
            var program = Files.writeString(programs.resolve(name), "#!/bin/sh\necho $0 >>'" + trace + "'\nexit 0\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        try (var pane = pane("programs of the path", "PATH", programs + ":" + System.getenv("PATH"))) {
            pane.type(top());
            pane.await(TopIT::shows);
            pane.press("q");
            pane.await(screen -> screen.contains("ended with 0"));
        }
        assertThat(trace).doesNotExist();
    }

    private static String top() {
        return Application.launcher() + " top; echo ended with $?";
    }

    private static boolean shows(String screen) {
        return screen.contains(":/slow.bin") && screen.matches("(?s).* 0\\.[3-9] MB/s +[0-9]+:[0-9]{2}\n.*");
    }

    @Test
    void itShowsWhatRunsInAnySizeAndLeavesTheTerminalAsItWas() throws IOException {
        try (var pane = pane("quit")) {
            pane.type(top());

            var screen = pane.await(TopIT::shows);

            assertThat(screen)
                    .contains(server.authority())
                    .contains("1 transfer\n")
                    .contains("MiB of 95 MiB")
                    .containsPattern("[0-9] [KM]iB durable|0 B durable")
                    .containsPattern("connections +2 console, 0 web")
                    .containsPattern("disk +.* free")
                    .contains("q quits")
                    .doesNotContain("what was here before");
            assertThat(screen.lines()).hasSize(24).allMatch(line -> line.length() <= 80);
            assertThat(pane.colours()).contains("\u001b[32m");

            var wide = pane.resize(140, 30).await(wider -> wider.contains("received") && wider.contains("durable  "));
            assertThat(wide.lines()).hasSize(30);
            pane.resize(60, 14).await(narrow -> narrow.contains("q quits") && narrow.contains("connections"));

            var after = pane.press("q").await(left -> left.contains("ended with 0"));

            assertThat(after).contains("what was here before").doesNotContain("slow.bin");
            pane.type("echo typed 'and seen'").await(echoed -> echoed.contains("typed and seen"));
        }
    }

    @Test
    void ctrlCEndsItAsItEndsOthers() throws IOException {
        try (var pane = pane("interrupt", "NO_COLOR", "1")) {
            pane.type(top()).await(TopIT::shows);
            assertThat(pane.colours()).doesNotContain("\u001b[");

            var after = pane.press("C-c").await(left -> left.contains("ended with 130"));

            assertThat(after).contains("what was here before").doesNotContain("slow.bin");
        }
    }

    @Test
    void whoKillsItHasTheTerminalBack() throws IOException {
        try (var pane = pane("killed")) {
            // The launcher becomes the client, so that its number is the one of this shell.
            pane.type("(echo $BASHPID > pid; exec " + Application.launcher() + " top); echo ended with $?")
                    .await(TopIT::shows);
            long pid = Long.parseLong(
                    Files.readString(temporary.resolve("killed/pid")).strip());

            ProcessHandle.of(pid).orElseThrow().destroy();

            var after = pane.await(left -> left.contains("ended with 143"));
            assertThat(after)
                    .contains("what was here before")
                    .doesNotContain("slow.bin")
                    .doesNotContain("Exception");
            pane.type("echo typed 'and seen'")
                    .await(echoed -> echoed.contains("echo typed") && echoed.contains("typed and seen"));
        }
    }

    @Test
    void whereNoTerminalIsItShowsHowThingsAreOnce() {
        var client = new Client(temporary.resolve("once"), server.clientEnvironment());

        var shown = client.must("top").out();

        assertThat(shown).contains("server  ").contains("connections  ").doesNotContain("\u001b");
        assertThat(client.must("top", "--json").out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"event\":\"snapshot\"")
                .contains("\"transfers\":[");
    }

    @Test
    void aServerThatRestartsIsWaitedFor() throws Exception {
        var home = temporary.resolve("restarted");
        var first = RunningServer.start(home);
        var port = first.consolePort();
        try (var pane = Pane.open(temporary.resolve("waiting"), first.clientEnvironment(), 80, 24)) {
            pane.type(top()).await(screen -> screen.contains("nothing is transferred now"));
            assertThat(first.stop()).isZero();
            pane.await(screen -> screen.contains("trying again"));
            try (var second = RunningServer.start(home, "--set", "console.port=" + port)) {
                assertThat(second.consolePort()).isEqualTo(port);
                pane.await(screen -> !screen.contains("trying again") && screen.contains("console, 0 web"));
            }
            pane.press("q").await(screen -> screen.contains("ended with 0"));
        }
    }
}
