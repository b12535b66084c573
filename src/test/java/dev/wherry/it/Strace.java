package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Writes down what a server asks of the kernel: how it makes files safe, and what it sends. Or has it go wrong. */
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
        return attach(server, shown, trace, CALLS);
    }

    /**
     * From when this returns until it is closed something goes wrong.
     *
     * @param calls the names of those that do, parted by commas
     * @param how as {@code inject} of strace has it, such as {@code error=EIO}
     */
    static Strace injecting(RunningServer server, String calls, String how, Path trace) throws IOException {
        return attach(server, 200, trace, "trace=" + calls, "-e", "inject=" + calls + ":" + how);
    }

    private static Strace attach(RunningServer server, int shown, Path trace, String... what) throws IOException {
        var errors = trace.resolveSibling("strace.err");
        var command = new ArrayList<>(List.of("strace", "-f", "-yy", "-s", Integer.toString(shown), "-e"));
        command.addAll(List.of(what));
        command.addAll(List.of("-o", trace.toString(), "-p", Long.toString(server.pid())));
        var process = new ProcessBuilder(command)
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

    /** Ends it at once, whatever it holds up. */
    void kill() {
        process.destroyForcibly();
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
