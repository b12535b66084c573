package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Peer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BarReporterTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen = new Screen(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            true,
            Map.of("COLUMNS", "60"));
    private final AtomicLong now = new AtomicLong();
    private final BarReporter reporter =
            new BarReporter(new PlainReporter(screen), screen, now::get, new TerminalWidth(screen.environment()));
    private final Job job = new Job(Job.Direction.UPLOAD, "a\u001b.txt", ":/a.txt", OptionalLong.of(1000));

    private String drawn() {
        var text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }

    @Test
    void whatIsSoonOverIsNotDrawn() {
        reporter.planned(1, 1000);
        var watch = reporter.started(job);
        now.set(SECOND / 10);
        watch.progressed(1000, 1000);
        reporter.finished(job, new Reporter.Done(1000, 0.1, Peer.sha256(new byte[0])));
        assertThat(drawn()).isEmpty();
    }

    @Test
    void oneFileHasOneBarAndSeveralHaveOneMore() {
        reporter.planned(1, 1000);
        var watch = reporter.started(job);
        now.set(SECOND);
        watch.progressed(500, 0);
        assertThat(drawn()).startsWith("a\\u001b.txt").contains("50%").doesNotContain("\n");

        reporter.planned(2, 4000);
        now.set(2 * SECOND);
        watch.progressed(600, 0);
        assertThat(drawn())
                .startsWith("\r\u001b[2K")
                .contains("60%")
                .contains("\nall 2")
                .contains("15%");

        reporter.finished(job, new Reporter.Done(1000, 2, Peer.sha256(new byte[0])));
        assertThat(drawn()).isEqualTo("\r\u001b[2K\u001b[1A\u001b[2K");
        var next = reporter.started(job);
        now.set(3 * SECOND);
        next.progressed(0, 0);
        assertThat(drawn()).contains("\nall 2").contains("25%");
    }

    @Test
    void onlyASingleFileHasItsDigestBelow() {
        for (int files = 1; files <= 2; files++) {
            out.reset();
            reporter.planned(files, 1000);
            reporter.finished(job, new Reporter.Done(1000, 2, Peer.sha256(new byte[0])));
            assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(3 - files);
        }
    }

    @Test
    void whatHappensWhileSomebodyIsAskedIsToldAfterwards() {
        reporter.planned(2, 2000);
        var duringTheQuestion = reporter.hushed(() -> {
            reporter.skipped(job, "the same file is there already");
            return drawn();
        });
        assertThat(duringTheQuestion).isEmpty();
        assertThat(drawn()).contains("skipped").contains("the same file is there already");
    }

    @Test
    void whatWasThereBeforeIsNoSpeed() {
        reporter.planned(1, 100_000_000);
        var watch = reporter.started(new Job(Job.Direction.UPLOAD, "a", ":/a", OptionalLong.of(100_000_000)));
        watch.resumed(90_000_000);
        now.set(SECOND);
        watch.progressed(92_000_000, 0);
        assertThat(drawn()).contains("92%").contains("2.0 MB/s");
    }

    @Test
    void drawingsAreNotMoreThanTenASecond() {
        reporter.planned(1, 1000);
        var watch = reporter.started(job);
        now.set(SECOND);
        watch.progressed(1, 0);
        drawn();
        now.addAndGet(SECOND / 20);
        watch.progressed(2, 0);
        assertThat(drawn()).isEmpty();
    }

    @Test
    void linesTakeTheBarAwayFirst() {
        reporter.planned(1, 1000);
        now.set(SECOND);
        reporter.started(job).progressed(1, 0);
        drawn();
        reporter.skipped(job, "exists already");
        assertThat(drawn()).startsWith("\r\u001b[2Kskipped a\\u001b.txt").endsWith("\n");
        reporter.close();
        assertThat(drawn()).isEmpty();
    }
}
