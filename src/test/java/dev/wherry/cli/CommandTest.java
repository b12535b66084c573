package dev.wherry.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Right;
import dev.wherry.client.RemoteEntry;
import dev.wherry.path.VirtualPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(120)
final class CommandTest extends DeskFixture {
    CommandTest(@TempDir Path folder) {
        super(folder);
    }

    private void stored(String path) {
        store(path, "content");
    }

    /** Where nobody says how wide the terminal is, and where it is narrow. */
    @Test
    void helpIsNoWiderThanTheTerminal() {
        for (var command :
                new String[] {"put", "get", "sync", "ls", "login", "user", "uploads", "completion", "help"}) {
            for (int columns : new int[] {80, 60}) {
                desk.environment.put("COLUMNS", columns == 80 ? "" : Integer.toString(columns));
                assertThat(desk.wherry("help", command)).isZero();
                assertThat(desk.out().lines()).as(command).allMatch(line -> line.length() <= columns);
            }
        }
        desk.environment.put("COLUMNS", "80");
        desk.wherry("help");
        assertThat(desk.out().lines()).allMatch(line -> line.length() <= 80).anyMatch(line -> line.length() > 70);
    }

    @Test
    void aListShowsKindSizeTimeAndName() {
        desk.login();
        stored("/b.txt");
        stored("/docs/a.txt");
        assertThat(desk.wherry("ls")).isZero();
        assertThat(desk.out().lines()).hasSize(2).first().asString().matches("     7 B  2026-01-0. ..:..  b.txt");
        assertThat(desk.out().lines().toList().getLast())
                .startsWith("       -  ")
                .endsWith("  docs/");
        assertThat(desk.wherry("ls", "-r")).isZero();
        assertThat(desk.out()).contains("docs/a.txt");
        assertThat(desk.wherry("ls", ":/b.txt")).isZero();
        assertThat(desk.out()).contains("  b.txt");
        assertThat(desk.wherry("ls", ":/missing")).isEqualTo(5);
        assertThat(desk.wherry("ls", "--json", ":/docs")).isZero();
        assertThat(desk.out())
                .startsWith("{\"event\":\"entry\",\"path\":\"/docs/a.txt\",\"kind\":\"file\",\"size\":7")
                .contains("\"sha256\":");
    }

    @Test
    void aRefusedEntryIsShownWithItsReason() {
        var entry = RemoteEntry.of(Map.of("name", "link\u001b", "kind", "refused", "refused", "a link"));
        assertThat(LsCommand.line(entry, entry.name()))
                .startsWith("       ?  ")
                .contains("link\\u001b  (not opened: a link)");
    }

    /** A line end in a name would begin a row of its own, about a file that is not there. */
    @Test
    void aNameForgesNoLine() throws IOException {
        var forging = Map.<String, Object>of("name", "a\n  9 B  b", "kind", "refused", "refused", "odd\nname");
        assertThat(LsCommand.line(RemoteEntry.of(forging), "a\n  9 B  b"))
                .contains("a\\u000a  9 B  b")
                .doesNotContain("\n");
        var out = new ByteArrayOutputStream();
        var screen = new Screen(System.in, new PrintStream(out, true, UTF_8), System.err, false, Map.of());
        desk.write("lls/a\n9 B  b", "x");
        new LocalListing(screen).show(List.of(desk.path("lls")));
        assertThat(out.toString(UTF_8).lines()).singleElement().asString().endsWith("a\\u000a9 B  b");
    }

    /** Commands and names in it can be copied, and searched for. */
    @Test
    void helpIsBrokenBetweenWordsOnly() {
        var screen = new Screen(System.in, System.out, System.err, false, Map.of());
        var all = new Cli(new Surroundings(screen, Map.of(), false), (data, name) -> "").commandLine();
        for (int columns : new int[] {57, 66, 80, 93}) {
            desk.environment.put("COLUMNS", Integer.toString(columns));
            explained(all, List.of());
        }
    }

    private void explained(CommandLine command, List<String> words) {
        desk.wherry(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new));
        // An example goes on in the next line as a shell has it.
        var help = desk.out().replaceAll(" \\\\\n", " ").replaceAll("\\s+", " ");
        assertThat(desk.out().lines().filter(line -> line.length() > 100)).isEmpty();
        var spec = command.getCommandSpec();
        Stream.of(
                        Arrays.stream(spec.usageMessage().description()),
                        Arrays.stream(spec.usageMessage().footer()),
                        spec.args().stream().flatMap(each -> Arrays.stream(each.description())))
                .flatMap(text -> text)
                .map(text -> text.replace("%n", " ").replace("%%", "%"))
                .map(text -> text.strip().replaceAll("\\s+", " "))
                .forEach(text -> assertThat(help).as(String.join(" ", words)).contains(text));
        command.getSubcommands()
                .forEach((name, sub) -> explained(
                        sub, Stream.concat(words.stream(), Stream.of(name)).toList()));
    }

    @Test
    void helpIsOfTheCommandBelow() {
        for (var command : List.of("token create", "user add", "uploads cancel")) {
            assertThat(desk.wherry(("help " + command).split(" "))).isZero();
            var help = desk.out();
            assertThat(help).startsWith("Usage: wherry " + command + " ");
            desk.wherry((command + " --help").split(" "));
            assertThat(desk.out()).isEqualTo(help);
        }
    }

    @Test
    void whereTheColonWasForgottenNothingGoes() {
        var file = desk.write("my file.txt", "mine").toString();
        assertThat(desk.wherry("put", file, "letters")).isEqualTo(2);
        assertThat(desk.err()).contains("no such file here: letters; if it is a place on the server, write :/letters");
    }

    @Test
    void examplesCanBeCopied() {
        desk.environment.put("WHERRY_STARTED_AS", "../my scripts/wherry");
        desk.environment.put("COLUMNS", "60");
        desk.wherry("token", "create", "--help");
        assertThat(desk.out())
                .contains("  '../my scripts/wherry' put --token-file backup.token \\\n      --server anna@HOST")
                .doesNotContain("  wherry ");
        assertThat(desk.wherry("put")).isEqualTo(2);
        assertThat(desk.err()).contains("\"'../my scripts/wherry' put --help\" says");
        desk.environment.put("WHERRY_STARTED_AS", "/opt/wherry/bin/wherry");
        desk.environment.put("PATH", "/usr/bin:/opt/wherry/bin");
        assertThat(desk.wherry("ls", ":/")).isEqualTo(4);
        assertThat(desk.err()).contains(": wherry login [USER@]HOST[:PORT]\n");
    }

    /** As the server knows them: the classes of both sides are apart. */
    @Test
    void helpSaysWhichRightsThereAre() {
        var rights = Arrays.stream(Right.values())
                .map(right -> right.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        for (var command : List.of("user add", "token create")) {
            desk.wherry((command + " --help").split(" "));
            assertThat(desk.out().replaceAll("\\s+", " ")).contains("RIGHTS are some of " + rights + ", or none.");
        }
        desk.wherry("user", "add", "--help");
        assertThat(desk.out().replaceAll("\\s+", " ")).contains("Without: /:list,read,write,delete, the usual ones");
        desk.wherry("user", "list", "--help");
        assertThat(desk.out()).doesNotContain("since when");
    }

    /** A person would wonder whether it worked; a program reads nothing as nothing. */
    @ParameterizedTest
    @CsvSource({
        "uploads, no unfinished uploads",
        "history, no transfers yet",
        "history --since=1h, no transfers that match",
        "token list, no tokens",
        "user list, no accounts",
        "ls, :/ is empty"
    })
    void aPersonIsToldThatThereIsNothingToList(String command, String told) {
        desk.login();
        var words = command.split(" ");
        assertThat(desk.wherry(words)).as(desk.said()).isZero();
        assertThat(desk.said()).isEmpty();
        desk.interactive = true;
        assertThat(desk.wherry(words)).isZero();
        assertThat(desk.out()).isEmpty();
        assertThat(desk.err()).isEqualTo(told + "\n");
        assertThat(desk.wherry((command + " --json").split(" "))).isZero();
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void aCancelledUploadIsTold() {
        desk.login();
        desk.server.uploads.put("4f2a", Map.of("upload", "4f2a", "path", "/a", "durable", 1L));
        assertThat(desk.wherry("uploads", "cancel", "4f2a", "9999")).isEqualTo(1);
        assertThat(desk.out()).isEqualTo("cancelled 4f2a\n");
        assertThat(desk.err()).startsWith("wherry: 9999: ");
        assertThat(desk.server.uploads).isEmpty();
    }

    @Test
    void filesAndFoldersAreRemoved() {
        desk.login();
        stored("/docs/a");
        stored("/docs/b");
        stored("/docs/c");
        assertThat(desk.wherry("rm", ":/docs")).isEqualTo(2);
        assertThat(desk.err()).contains("(use -r)");
        assertThat(desk.wherry("rmdir", ":/docs")).isEqualTo(6);
        assertThat(desk.err()).contains("not empty: 3 entries (use -r)");
        assertThat(desk.wherry("rm", ":/docs/a", ":/docs/missing")).isEqualTo(1);
        assertThat(desk.err()).contains("no such file: :/docs/missing");
        assertThat(desk.wherry("rm", "-r", ":/docs")).isZero();
        assertThat(desk.server.files).isEmpty();
        assertThat(desk.wherry("rm", ":/docs")).isEqualTo(5);
        assertThat(desk.wherry("rm", "--json", ":/docs")).isEqualTo(5);
        assertThat(desk.out()).contains("\"code\":\"not-found\"");
    }

    @Test
    void foldersAreMadeWithThoseAbove() {
        desk.login();
        assertThat(desk.wherry("mkdir", ":/a/b/c/")).isZero();
        assertThat(desk.server.folders).extracting(VirtualPath::toString).containsExactly("/a", "/a/b", "/a/b/c");
        assertThat(desk.wherry("mkdir", ":/a")).isEqualTo(6);
        assertThat(desk.err()).contains("already exists: :/a");
        assertThat(desk.wherry("rmdir", ":/a/b/c")).isZero();
        assertThat(desk.wherry("rmdir", ":/a/b/c")).isEqualTo(5);
        assertThat(desk.wherry("mkdir", ":/a/../b")).isEqualTo(2);
        assertThat(desk.err()).contains("\"..\"");
    }

    @Test
    void filesAreMovedAsWithMv() {
        desk.login();
        stored("/a.txt");
        stored("/docs/b.txt");
        assertThat(desk.wherry("mv", ":/a.txt", ":/docs")).as(desk.said()).isZero();
        assertThat(desk.server.file("/docs/a.txt")).isPresent();
        assertThat(desk.wherry("mv", ":/docs/a.txt", ":/docs/b.txt")).isEqualTo(6);
        assertThat(desk.wherry("mv", "--keep-both", ":/docs/a.txt", ":/docs/b.txt"))
                .isZero();
        assertThat(desk.server.file("/docs/b (2).txt")).isPresent();
        assertThat(desk.wherry("mv", "--overwrite", ":/docs/b (2).txt", ":/docs/b.txt"))
                .isZero();
        assertThat(desk.server.files).hasSize(1);
        assertThat(desk.wherry("mv", ":/docs/*", ":/")).isZero();
        assertThat(desk.server.file("/b.txt")).isPresent();
    }

    @Test
    void eventsAreShownAsLines() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("event", "transfer-finished");
        facts.put("at", "2026-07-01T12:00:00.250Z");
        facts.put("path", "/a.jpg");
        facts.put("bytes", 2048L);
        facts.put("seconds", 1.5);
        facts.put("bytesPerSecond", 1_500_000.0);
        assertThat(TailCommand.line(facts))
                .matches("2026-07-01 ..:..:00  transfer-finished  path=/a.jpg  bytes=2.0 KiB  seconds=1.50 s"
                        + "  bytesPerSecond=1.5 MB/s");
    }

    @Test
    void aPasswordIsResetInAFolder() {
        assertThat(desk.wherry("user", "reset", "admin", "--data", desk.path("data")))
                .as(desk.said())
                .isZero();
        assertThat(desk.out()).contains("one-time password: once-admin");
        assertThat(desk.wherry("user", "reset", "admin", "--data", desk.path("data"), "--json"))
                .isZero();
        assertThat(desk.out())
                .isEqualTo("{\"event\":\"reset\",\"name\":\"admin\",\"oneTimePassword\":\"once-admin\"}\n");
    }

    @ParameterizedTest
    @CsvSource({"gte, get", "lst, ls", "mkdri, mkdir", "logot, logout", "pt, put"})
    void anUnknownCommandGetsTheNearest(String typed, String meant) {
        assertThat(desk.wherry(typed)).isEqualTo(2);
        assertThat(desk.err()).contains("unknown command: " + typed + "; did you mean " + meant + "?");
    }

    @Test
    void anUnknownOptionGetsTheNearest() {
        assertThat(desk.wherry("put", "--overwrit", "x")).isEqualTo(2);
        assertThat(desk.err()).contains("unknown option: --overwrit").contains("--overwrite");
    }

    @Test
    void whatIsMissingIsNamedAsInTheHelp() {
        assertThat(desk.wherry("put", "-r")).isEqualTo(2);
        assertThat(desk.err()).contains("wherry: missing: SOURCE… [PLACE]\n");
        assertThat(desk.wherry("sync", "a")).isEqualTo(2);
        assertThat(desk.err()).contains("wherry: missing: DST\n");
    }

    @Test
    void nothingSaidShowsHowToBegin() {
        assertThat(desk.wherry()).isEqualTo(2);
        assertThat(desk.err()).contains("wherry serve").contains("wherry login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login",
                "logout",
                "put",
                "get",
                "sync",
                "ls",
                "rm",
                "mkdir",
                "rmdir",
                "mv",
                "verify",
                "history",
                "stats",
                "top",
                "token",
                "tail",
                "user",
                "completion",
                "upload",
                "dir"
            })
    void everyCommandExplainsItselfAndItsVersion(String command) {
        assertThat(desk.wherry(command, "--help")).as(desk.said()).isZero();
        assertThat(desk.out()).contains("Usage: wherry ").contains("-h, --help");
        assertThat(desk.wherry("help", command)).isZero();
        assertThat(desk.out()).contains("Usage: wherry ");
        assertThat(desk.wherry(command, "--version")).isZero();
        assertThat(desk.out()).startsWith("wherry ");
        assertThat(desk.wherry("--version")).isZero();
    }

    @Test
    void coloursAndWidthAreThoseOfTheEnvironment() {
        desk.interactive = true;
        desk.wherry("put", "--help");
        assertThat(desk.out()).contains("\u001b[");
        desk.environment.put("NO_COLOR", "1");
        desk.environment.put("COLUMNS", "60");
        desk.wherry("put", "--help");
        assertThat(desk.out()).doesNotContain("\u001b");
        assertThat(desk.out().lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void aCommandOfAnotherPartIsOneOfThem() {
        var screen = new Screen(System.in, System.out, System.err, false, Map.of());
        var cli =
                new Cli(new Surroundings(screen, Map.of(), false), (data, name) -> "").with("serve", () -> new Serve());
        assertThat(cli.run("serve")).isEqualTo(7);
        assertThat(cli.commandLine().getSubcommands()).containsKeys("serve", "put", "help");
    }

    @picocli.CommandLine.Command(name = "serve")
    static final class Serve implements java.util.concurrent.Callable<Integer> {
        @Override
        public Integer call() {
            return 7;
        }
    }
}
