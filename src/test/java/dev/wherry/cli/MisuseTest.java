package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to misuse a command line gets a sentence of ours, exit code 2, and where help is. */
final class MisuseTest {
    @TempDir
    private Path folder;

    @Test
    void eachSaysWhatIsWrongAndWhatToDo() throws Exception {
        var expected = Map.ofEntries(
                Map.entry("ls --nonsense", "unknown option: --nonsense"),
                Map.entry("put --nonsense", "unknown option: --nonsense"),
                Map.entry("ls --recursiv", "did you mean --recursive?"),
                Map.entry("frobnicate", "unknown command: frobnicate"),
                Map.entry("token foo", "unknown command: token foo; there is token create, token list or token revoke"),
                Map.entry("token lst", "unknown command: token lst; did you mean list?"),
                Map.entry("uploads SUBFOLDER", "unknown command: uploads SUBFOLDER; there is uploads cancel"),
                Map.entry("token", "say which: token create, token list or token revoke"),
                Map.entry("help bogus", "no help for \"bogus\": there is no such command"),
                Map.entry("help token bogus", "no help for \"token bogus\""),
                Map.entry("put --overwrite --keep-both x", "--overwrite and --keep-both exclude each other; say one"),
                Map.entry("stats here", "one argument too many: here"),
                Map.entry("put", "missing: SOURCE… [PLACE]"),
                Map.entry("user add", "missing: NAME"),
                Map.entry("history --user", "--user needs a value: --user NAME"),
                Map.entry("history --limit", "--limit needs a value: --limit N"),
                Map.entry("history --limit many", "--limit takes a whole number, and \"many\" is none"),
                Map.entry("history --limit 99999999999", "--limit takes a whole number, and \"99999999999\" is none"),
                Map.entry("history --user a --user b", "--user is there twice; say it once"),
                Map.entry("ls --json=maybe", "--json takes no value; leave \"maybe\" out"),
                Map.entry("put --limit-rate=fast x", "\"fast\" is no rate: write"));
        for (var misuse : expected.entrySet()) {
            try (var desk = new Desk(folder)) {
                assertThat(desk.wherry(misuse.getKey().split(" ")))
                        .as(misuse.getKey())
                        .isEqualTo(2);
                assertThat(desk.err())
                        .as(misuse.getKey())
                        .startsWith("wherry: ")
                        .contains(misuse.getValue())
                        .doesNotContain(
                                "Invalid value",
                                "Missing required",
                                "Unknown option",
                                "Unknown sub",
                                "Error",
                                "Could not",
                                "at index");
            }
        }
    }
}
