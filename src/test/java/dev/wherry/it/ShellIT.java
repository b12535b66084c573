package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Somebody at a terminal works in {@code wherry shell}. What they saw is kept in {@code target/screens}. */
final class ShellIT {
    private static final Path SCREENS = Path.of("target", "screens");
    private static final Pattern UPLOAD = Pattern.compile("--resume ([0-9a-f]{32})");
    private static final int SIZE = 24 << 20;

    @TempDir
    static Path temporary;

    private static RunningServer server;

    private String name = "";
    private int shots;
    private Path folder;
    private Pane pane;

    @BeforeAll
    static void startServer() {
        server = RunningServer.start(temporary.resolve("server"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void openTerminal(TestInfo test) throws IOException {
        name = test.getTestMethod().orElseThrow().getName();
        folder = temporary.resolve(name);
        // Nothing is preset: whoever sits there says who they are.
        var environment = new TreeMap<>(server.clientEnvironment());
        environment.remove("WHERRY_USER");
        environment.remove("WHERRY_PASSWORD_FILE");
        environment.put("WHERRY_CONFIG_DIR", temporary.resolve(name + "-config").toString());
        pane = Pane.open(folder, environment, 100, 30);
    }

    @AfterEach
    void closeTerminal() throws IOException {
        shoot("end");
        pane.close();
    }

    private void shoot(String what) throws IOException {
        Files.createDirectories(SCREENS);
        shots++;
        Files.writeString(SCREENS.resolve("shell-" + name + "-" + shots + "-" + what + ".txt"), pane.screen());
    }

    private String prompt(String path) {
        return "admin@" + server.authority() + ":" + path + "> ";
    }

    private boolean isPrompt(String screen, String path) {
        return screen.stripTrailing().endsWith(prompt(path).stripTrailing());
    }

    private void enter() {
        pane.type(Application.launcher() + " shell; echo ended with $?");
        pane.await(screen -> screen.contains("User on " + server.authority()));
        pane.type("admin");
        pane.await(screen -> screen.contains("Password for admin@" + server.authority() + ":"));
        pane.type(RunningServer.PASSWORD);
        pane.await(screen -> isPrompt(screen, "/"));
    }

    /** Types a line, and waits for the next prompt below something. */
    private String does(String line, String path, String expected) {
        pane.press("C-l").await(screen -> screen.startsWith("admin@"));
        return pane.type(line).await(screen -> screen.contains(expected) && isPrompt(screen, path));
    }

    @Test
    void aPersonLogsInLooksAroundAndLeaves() throws IOException {
        enter();
        shoot("welcome");
        assertThat(pane.screen()).contains("\"help\" says what there is").doesNotContain(RunningServer.PASSWORD);

        does("help", "/", "\"help keys\"");
        shoot("help");
        assertThat(does("help put", "/", "see \"help names\"")).contains("--resume");
        assertThat(does("help token create", "/", "see \"help names\"")).contains("--right=PATH:RIGHTS");
        assertThat(does("help UPLOAD", "/", "see \"help names\"")).contains("--resume");
        does("help names", "/", "course project");
        shoot("help-names");
        does("help keys", "/", "Ctrl-R");

        assertThat(does("sl", "/", "unknown command: sl")).contains("did you mean ls?");
        assertThat(does("get nothing-there", "/", "no such file: :/nothing-there"))
                .doesNotContain("xception");
        assertThat(does("cd ..; ls", "/", "one argument too many"))
                .contains("Each command stands on a line of its own");
        pane.type("pwd").await(screen -> screen.contains("> pwd"));
        pane.type("clear").await(screen -> screen.startsWith(prompt("/").stripTrailing()));
        assertThat(pane.screen()).doesNotContain("pwd");
        assertThat(does("put \"no end", "/", "is not closed")).contains("wherry: a quote");
        assertThat(does("svxc-ywwz-8sq9", "/", "unknown command: svxc")).contains("help lists them");
        shoot("errors");

        pane.type("half a li").press("C-c").await(screen -> isPrompt(screen, "/"));
        pane.press("C-d").await(screen -> screen.contains("ended with 0"));

        // The login is kept, and the history without what was secret.
        pane.type("clear; " + Application.launcher() + " shell").await(screen -> isPrompt(screen, "/"));
        var history = temporary.resolve(name + "-config").resolve("shell-history");
        assertThat(history)
                .content()
                .contains("help put", "sl")
                .doesNotContain(RunningServer.PASSWORD, "svxc-ywwz-8sq9");
        assertThat(Files.getPosixFilePermissions(history)).hasSize(2);
        pane.type("bye").await(screen -> screen.contains("here>"));
    }

    /** Whoever is asked and does not answer has changed their mind; what comes next begins a line. */
    @Test
    void ctrlCAtAQuestionLeaves() throws IOException {
        pane.type(Application.launcher() + " login admin@" + server.authority());
        var question = "Password for admin@" + server.authority() + ":";
        pane.await(screen -> screen.stripTrailing().endsWith(question));
        pane.press("C-c").await(screen -> screen.contains(question + "\nhere>"));

        var environment = new TreeMap<>(server.clientEnvironment());
        environment.keySet().removeIf(variable -> variable.startsWith("WHERRY_"));
        environment.put("WHERRY_CONFIG_DIR", temporary.resolve("nowhere").toString());
        try (var stranger = Pane.open(temporary.resolve("stranger"), environment, 100, 30)) {
            stranger.type(Application.launcher() + " shell; echo ended with $?");
            stranger.await(screen -> screen.contains("Server, as [USER@]HOST[:PORT]:"));
            var left = stranger.press("C-c").await(screen -> screen.contains("ended with 130"));
            assertThat(left).doesNotContain("Not connected");
        }
    }

    @Test
    void tabCompletesOnBothSides() throws IOException {
        Files.createDirectories(server.files().resolve("letters"));
        Files.writeString(server.files().resolve("letters").resolve("to anna.txt"), "dear anna");
        Files.createDirectories(folder.resolve("pictures"));
        Files.writeString(folder.resolve("pictures").resolve("boat.txt"), "boat");
        enter();

        pane.press("C-l").send("get let").press("Tab").await(screen -> screen.contains("get letters/"));
        pane.press("Tab").await(screen -> screen.contains("get letters/to\\ anna.txt"));
        shoot("remote");
        pane.type("").await(screen -> screen.contains("sha256") && isPrompt(screen, "/"));
        assertThat(folder.resolve("to anna.txt")).hasContent("dear anna");

        pane.press("C-l").send("put pict").press("Tab").await(screen -> screen.contains("put pictures/"));
        pane.press("Tab").await(screen -> screen.contains("put pictures/boat.txt"));
        pane.send(":let").press("Tab").await(screen -> screen.contains(":letters/"));
        pane.type("").await(screen -> screen.contains("sha256") && isPrompt(screen, "/"));
        assertThat(server.files().resolve("letters").resolve("boat.txt")).hasContent("boat");

        pane.press("C-l").send("put --ov").press("Tab").await(screen -> screen.contains("put --overwrite"));
        pane.press("C-c");
        pane.press("C-l").send("m").press("Tab").await(screen -> screen.contains("make folders on the server"));
        shoot("commands");
        pane.press("C-c").await(screen -> isPrompt(screen, "/"));
    }

    @Test
    void bashCompletesCommandsOptionsAndFiles() throws IOException {
        Files.createDirectories(folder.resolve("my pictures"));
        Files.writeString(folder.resolve("my pictures").resolve("boat.txt"), "boat");
        var script = temporary.resolve("wherry.bash");
        pane.type(Application.launcher() + " completion bash >" + script + " && . " + script + " && echo rea''dy");
        pane.await(screen -> screen.contains("ready"));

        pane.press("C-l").send("wherry comp").press("Tab").await(screen -> screen.contains("wherry completion"));
        pane.press("C-u").send("wherry put --over").press("Tab").await(screen -> screen.contains("put --overwrite"));
        pane.press("C-u").send("wherry put my").press("Tab").await(screen -> screen.contains("put my\\ pictures/"));
        pane.press("Tab").await(screen -> screen.contains("put my\\ pictures/boat.txt"));
        pane.press("C-u");
    }

    @Test
    void ctrlCStopsATransferThatIsGoneOnWith() throws IOException {
        var content = new byte[SIZE];
        Application.random(ShellIT.class).nextBytes(content);
        for (var each : new String[] {"one.bin", "two.bin"}) {
            Files.write(folder.resolve(each), content);
        }
        enter();

        pane.press("C-l").type("put --limit-rate 3M *.bin :/stopped/");
        pane.await(screen -> screen.contains("one.bin  ") && screen.contains("two.bin  ") && screen.contains("all 2"));
        pane.await(Pattern.compile("all 2 +[1-9][0-9]*%").asPredicate());
        shoot("running");
        pane.press("C-c");
        var stopped = pane.await(screen -> screen.contains("2 failed") && isPrompt(screen, "/"));
        shoot("stopped");
        var upload = UPLOAD.matcher(stopped);
        assertThat(upload.find()).as(stopped).isTrue();

        assertThat(does("uploads", "/", ":/stopped/two.bin")).contains(":/stopped/one.bin");
        var file = stopped.substring(upload.end()).strip().split("\\s", 2)[0];
        assertThat(stopped).contains("to go on: put --resume " + upload.group(1));
        assertThat(does("wherry put --resume " + upload.group(1) + " " + file, "/", "sha256"))
                .contains("24 MiB");
        shoot("resumed");
        assertThat(server.files().resolve("stopped").resolve(file)).hasBinaryContent(content);

        // What waits for an answer ends, too.
        pane.press("C-l").type("tail --metrics").await(screen -> screen.contains("  metrics  "));
        pane.press("C-c");
        pane.await(screen -> screen.contains("interrupted") && isPrompt(screen, "/"));
    }

    @Test
    void theCourseProjectsCommandsWorkByTheirNames() throws IOException {
        Files.writeString(folder.resolve("my letter.txt"), "dear me");
        enter();

        does("SUBFOLDER create course/work", "/", "SUBFOLDER");
        does("UPLOAD \"my letter.txt\"", "/", "sha256");
        does("MKDIR course/more", "/", "MKDIR");
        assertThat(does("LIST_SERVER", "/", "course/work/")).contains("my letter.txt");
        assertThat(does("DIR course", "/", "work/")).contains("more/");
        shoot("lists");
        Files.delete(folder.resolve("my letter.txt"));
        does("DOWNLOAD \"my letter.txt\"", "/", "sha256");
        assertThat(folder.resolve("my letter.txt")).hasContent("dear me");
        does("DELETE \"my letter.txt\"", "/", "DELETE");
        assertThat(does("RMDIR course", "/", "not empty: 2 entries")).contains("use -r");
        does("SUBFOLDER delete course/work", "/", "SUBFOLDER");
        does("RMDIR course/more", "/", "RMDIR");
        assertThat(server.files().resolve("course")).isEmptyDirectory();
        assertThat(server.files().resolve("my letter.txt")).doesNotExist();
        does("connect 127.0.0.1 " + server.consolePort(), "/", "connected to admin@");
        does("cd course", "/course", "cd");
        does("connect 127.0.0.1 1", "/course", "still connected to admin@");
        does("cd", "/", "cd");
        pane.press("C-l").type("LOGOUT");
        pane.await(screen ->
                screen.contains("logged out of") && screen.stripTrailing().endsWith("wherry>"));
        pane.type("DIR").await(screen -> screen.contains("not connected"));
        shoot("logged-out");
    }

    @Test
    void foldersOnBothSidesAreWalked() throws IOException {
        Files.createDirectories(folder.resolve("walk").resolve("here"));
        Files.writeString(folder.resolve("walk").resolve("here").resolve("a.txt"), "a");
        enter();

        does("mkdir walk/deep", "/", "mkdir");
        does("cd walk/deep", "/walk/deep", "cd");
        assertThat(does("pwd", "/walk/deep", ":/walk/deep")).contains("> pwd");
        does("lcd walk/here", "/walk/deep", "lcd");
        assertThat(does("lls", "/walk/deep", "a.txt")).contains("1 B");
        assertThat(does("lpwd", "/walk/deep", "/walk/here")).contains("> lpwd");
        does("put *.txt", "/walk/deep", "sha256");
        does("mv a.txt ../b.txt", "/walk/deep", "mv");
        does("cd ..", "/walk", "cd");
        does("get b.txt c.txt", "/walk", "sha256");
        assertThat(folder.resolve("walk").resolve("here").resolve("c.txt")).hasContent("a");
        assertThat(does("cd nowhere", "/walk", "no such folder: :/walk/nowhere"))
                .contains("wherry: ");
        assertThat(does("!echo of this machine", "/walk", "\nof this machine")).contains("!echo");
        shoot("walked");
    }

    @Test
    void aServerThatGoesAwayIsToldAndFoundAgain() throws Exception {
        var home = temporary.resolve("moody");
        var first = RunningServer.start(home);
        int port = first.consolePort();
        var shell = Pane.open(temporary.resolve("waiting"), first.clientEnvironment(), 100, 30);
        try (shell) {
            shell.type(Application.launcher() + " shell").await(screen -> screen.contains(":" + port + ":/>"));
            assertThat(first.stop()).isZero();
            shell.type("ls").await(screen -> screen.contains("connection refused"));
            try (var second = RunningServer.start(home, "--set", "console.port=" + port)) {
                assertThat(second.consolePort()).isEqualTo(port);
                shell.type("mkdir back").type("ls").await(screen -> screen.contains("back/"));
                Files.writeString(SCREENS.resolve("shell-" + name + ".txt"), shell.screen());
            }
        }
    }

    @Test
    void aScriptEndsWithItsFirstFailure() throws IOException {
        var script = Files.writeString(temporary.resolve("script"), """
                # made by hand
                mkdir scripted
                cd scripted
                put "one file.txt"
                -rm what-is-not-there
                ls
                rm neither-is-this
                put "one file.txt" :never.txt
                """);
        var client = new Client(temporary.resolve("scripting"), server.clientEnvironment()).reading(script);
        Files.createDirectories(client.folder());
        Files.writeString(client.folder().resolve("one file.txt"), "one");

        var result = client.run("shell");

        assertThat(result.code()).as(result.err()).isEqualTo(5);
        assertThat(result.out()).contains(" -> :/scripted/one file.txt").contains("  one file.txt\n");
        assertThat(result.out()).doesNotContain("mkdir").doesNotContain(":/>").doesNotContain("\u001b");
        assertThat(result.err()).contains("stopped at line 7: rm neither-is-this");
        assertThat(server.files().resolve("scripted").resolve("never.txt")).doesNotExist();
        assertThat(client.reading(Path.of("/dev/null")).must("shell").out()).isEmpty();
    }
}
