package dev.wherry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LineWriterTest {
    private static final String CLEAR = "\r\u001b[2K";

    /** Both streams are one screen here, as they are on a terminal. */
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    private static PrintStream on(OutputStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }

    private LineWriter writer() {
        return new LineWriter(on(screen), on(screen), count -> count + " lost");
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void linesOfBothKindsKeepTheirOrder() {
        var writer = writer();
        writer.out(() -> "one");
        writer.err(() -> "two");
        writer.out(() -> "three");
        writer.close();

        assertThat(shown()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void theLiveLineIsClearedBeforeALineAndDrawnAgainAfterIt() {
        var writer = writer();
        writer.live("2 running");
        await().until(() -> shown().equals("\u001b[?7l2 running\u001b[?7h"));
        screen.reset();

        writer.err(() -> "warning");
        await().until(() -> shown().equals(CLEAR + "warning\n\u001b[?7l2 running\u001b[?7h"));
        screen.reset();

        writer.close();
        assertThat(shown()).isEqualTo(CLEAR);
    }

    @Test
    void noLineEverMixesWithTheLiveLine() {
        var writer = writer();
        for (int i = 0; i < 2_000; i++) {
            writer.live("live" + i);
            var line = "line" + i;
            writer.out(() -> line);
        }
        writer.close();

        var lines = shown().split("\n", -1);
        assertThat(lines).hasSize(2_001);
        for (int i = 0; i < 2_000; i++) {
            // What a terminal shows of this row: all after it was cleared last.
            assertThat(lines[i].substring(
                            lines[i].lastIndexOf(CLEAR) < 0 ? 0 : lines[i].lastIndexOf(CLEAR) + CLEAR.length()))
                    .isEqualTo("line" + i);
        }
    }

    @Test
    void aLineThatCannotBeMadeCostsNoOther() {
        var writer = writer();
        writer.out(() -> {
            throw new IllegalStateException("broken\u001b");
        });
        writer.out(() -> "next");
        writer.close();

        assertThat(shown())
                .isEqualTo("a line could not be made: java.lang.IllegalStateException: broken\\u001b\nnext\n");
    }

    @Test
    void anOutputThatIsNotReadHoldsUpNobodyAndTheLossIsSaid() throws Exception {
        var open = new CountDownLatch(1);
        var stuck = new OutputStream() {
            @Override
            public void write(int one) {
                awaitQuietly(open);
                screen.write(one);
            }
        };
        var writer = new LineWriter(on(stuck), on(screen), count -> count + " lost");
        int extra = 100;
        for (int i = 0; i < LineWriter.MAX_WAITING + extra; i++) {
            writer.out(() -> "line");
        }
        open.countDown();
        writer.out(() -> "last");
        writer.close();

        long written = shown().lines().filter("line"::equals).count();
        long lost = shown().lines()
                .filter(line -> line.endsWith(" lost"))
                .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .sum();
        assertThat(lost).isPositive();
        assertThat(written + lost)
                .isBetween((long) LineWriter.MAX_WAITING + extra, (long) LineWriter.MAX_WAITING + extra + 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
