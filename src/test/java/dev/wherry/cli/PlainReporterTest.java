package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Peer;
import dev.wherry.fault.Fault;
import dev.wherry.path.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What matters among thousands of files is not lost in the lines of the others. */
final class PlainReporterTest {
    private static final Sha256 DIGEST = Peer.sha256(new byte[0]);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private PlainReporter reporter(boolean interactive, int files) {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var in = new ByteArrayInputStream(new byte[0]);
        var reporter = new PlainReporter(new Screen(in, out, out, interactive, Map.of()));
        reporter.planned(files, 0);
        return reporter;
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static Job job(int number) {
        return new Job(Job.Direction.UPLOAD, "f" + number, ":/f" + number, OptionalLong.of(1));
    }

    private static Reporter.Done done() {
        return new Reporter.Done(1, 1, DIGEST);
    }

    @Test
    void ofManyFilesEachHasOneLine() {
        for (boolean interactive : new boolean[] {true, false}) {
            said.reset();
            var reporter = reporter(interactive, 100);
            for (int i = 0; i < 100; i++) {
                reporter.finished(job(i), done());
            }
            assertThat(said().lines()).hasSize(100);
        }
    }

    @Test
    void aSingleOneHasItsDigestOnATerminalToo() {
        reporter(true, 1).finished(job(1), done());
        assertThat(said()).isEqualTo(":/f1  1 B  1.00 s  0.00 MB/s\n    sha256 " + DIGEST + "\n");
    }

    @Test
    void onlyTheFirstThatAreSkippedAreNamed() {
        var tally = new Tally();
        var reporter = reporter(false, 1000);
        for (int i = 0; i < 1000; i++) {
            tally.skipped();
            reporter.skipped(job(i), "the same file is there already");
        }
        reporter.summary(tally);
        assertThat(said().lines()).hasSize(7).endsWith("and 995 more skipped", "0 done, 1000 skipped");
    }

    @Test
    void failuresThatManyLinesCameAfterAreSaidAgain() {
        var tally = new Tally();
        var reporter = reporter(false, 1000);
        for (int i = 0; i < 30; i++) {
            var failure = Fault.DENIED.because("not allowed");
            tally.failed(failure);
            reporter.failed(job(i), failure);
        }
        reporter.handOver(job(29), "4f2a", "put --resume 4f2a f29");
        for (int i = 30; i < 60; i++) {
            tally.done(1);
            reporter.finished(job(i), done());
        }
        reporter.summary(tally);
        var end = said().substring(said().indexOf("what failed:\n"));
        assertThat(end.lines())
                .hasSize(23)
                .startsWith("what failed:", "  :/f0: not allowed", "  :/f1: not allowed")
                .contains("  :/f19: not allowed", "  and 10 more")
                .doesNotContain("  :/f20: not allowed");
        assertThat(end).contains("30 done, 30 failed");
    }

    @Test
    void howToGoOnIsSaidAgainWithTheFailure() {
        var tally = new Tally();
        var reporter = reporter(false, 1000);
        var failure = Fault.STOPPED.because("interrupted");
        tally.failed(failure);
        reporter.failed(job(0), failure);
        reporter.handOver(job(0), "4f2a", "put --resume 4f2a f0");
        for (int i = 1; i < 60; i++) {
            reporter.finished(job(i), done());
        }
        reporter.summary(tally);
        assertThat(said())
                .contains("what failed:\n  :/f0: interrupted; nothing was kept\n  to go on: put --resume 4f2a f0\n");
    }

    @Test
    void whatCanStillBeSeenIsNot() {
        var tally = new Tally();
        var reporter = reporter(false, 3);
        var failure = Fault.DENIED.because("not allowed");
        tally.failed(failure);
        reporter.failed(job(0), failure);
        reporter.finished(job(1), done());
        reporter.summary(tally);
        assertThat(said()).containsOnlyOnce("not allowed");
    }

    @Test
    void theRateOfAResumedUploadIsThatOfNow() {
        reporter(false, 1).finished(job(1), new Reporter.Done(100_000_000, 90_000_000, 2, DIGEST));
        assertThat(said()).contains("  95 MiB  2.00 s  5.0 MB/s  resumed at 86 MiB  sha256");
    }

    @Test
    void whoStopsItHearsOfTheRest() {
        reporter(true, 9).stopped(Job.Direction.UPLOAD, 7);
        assertThat(said()).isEqualTo("7 files have not gone: the same command again sends what is not there yet\n");
        said.reset();
        reporter(true, 9).stopped(Job.Direction.DOWNLOAD, 0);
        assertThat(said()).isEqualTo("to go on: the same command again fetches what is not here yet\n");
    }
}
