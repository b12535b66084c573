package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Writes down what a server asks of the kernel: how it makes files safe, and what it sends. */
final class Strace implements AutoCloseable {
    private static final String CALLS =
            "trace=fsync,fdatasync,renameat2,rename,renameat,link,linkat,setxattr,fsetxattr,"
                    + "write,writev,sendmsg,sendto";

    private final Process process;

    private Strace(Process process) {
        this.process = process;
    }

    static boolean isPermitted() {
        return Programs.run("strace", "-o", "/dev/null", "true");
    }

    /**
     * Looks on, from when this returns until it is closed.
     *
     * @param shown bytes of what is sent that the trace shows
     */
    static Strace of(RunningServer server, int shown, Path trace) throws IOException {
        var errors = trace.resolveSibling("strace.err");
        var process = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-yy",
                        "-s",
                        Integer.toString(shown),
                        "-e",
                        CALLS,
                        "-o",
                        trace.toString(),
                        "-p",
                        "" + server.pid())
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var strace = new Strace(process);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(errors).contains("attached"));
        return strace;
    }

    static List<String> lines(Path trace) throws IOException {
        return Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    }

    /** A trace of which something was taken out, for a control. */
    static List<String> without(List<String> lines, Predicate<String> dropped) {
        var kept = lines.stream().filter(dropped.negate()).toList();
        assertThat(kept).as("the trace has what the control takes out").hasSizeLessThan(lines.size());
        return kept;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
