package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PapersTest {
    private final Map<String, String> papers = Papers.of(cli());

    private static Cli cli() {
        var screen = new Screen(System.in, System.out, System.err, false, Map.of());
        return new Cli(new Surroundings(screen, Map.of(), false), (data, name) -> "");
    }

    @Test
    void everyCommandHasAPage() {
        assertThat(papers)
                .containsKeys("man/man1/wherry.1", "man/man1/wherry-put.1", "man/man1/wherry-user-add.1")
                .containsKey("man/man1/wherry-sync.1");
        assertThat(papers.get("man/man1/wherry-put.1"))
                .contains(".SH NAME\nwherry\\-put \\- Send files")
                .contains("\\fB\\-\\-limit\\-rate\\fR=\\fIRATE\\fR")
                .contains(".SH ARGUMENTS");
    }

    @Test
    void noLineOfAPageIsARequestByAccident() {
        papers.forEach((name, page) -> {
            if (name.startsWith("man/")) {
                assertThat(page.lines()).as(name).noneMatch(line -> line.matches("[.'](?!TH|SH|TP|PP|B |nf|fi).*"));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "bash-completion/completions/wherry, --limit-rate",
        "zsh/site-functions/_wherry, --limit-rate",
        "fish/vendor_completions.d/wherry.fish, -l limit-rate"
    })
    void everyShellKnowsTheCommandsAndOptions(String name, String option) {
        assertThat(papers.get(name))
                .contains("mkdir")
                .contains("sync")
                .contains("upload")
                .contains(option);
    }

    @Test
    void theScriptOfAShellIsPrinted(@TempDir Path folder) {
        try (var desk = new Desk(folder)) {
            assertThat(desk.wherry("completion", "fish")).isZero();
            assertThat(desk.out()).contains("complete -c wherry");
            assertThat(desk.wherry("completion", "tcsh")).isEqualTo(2);
            assertThat(desk.err()).contains("bash, zsh and fish");
        }
    }
}
