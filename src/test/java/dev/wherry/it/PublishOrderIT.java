package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.path.Precondition;
import dev.wherry.protocol.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at what the server asks of the kernel while it publishes, and at the order in which it asks. */
final class PublishOrderIT {
    @TempDir
    Path temporary;

    @Test
    void everyStepIsOverBeforeTheNextBegins() throws Exception {
        assumeTrue(Strace.isPermitted(), "strace is not here or not permitted");
        for (int size : List.of(10, 3 << 20)) {
            var home = Files.createDirectory(temporary.resolve("server-" + size));
            try (var server = RunningServer.start(home).traced()) {
                var lines = traceUpload(server, size, home.resolve("trace"));
                var order = new PublishOrder(
                        server.files().toRealPath(),
                        "folder/published",
                        upload(lines),
                        PublishOrder.sentFrom(server.consolePort()));
                assertThat(order.violation(SystemCalls.parse(lines)))
                        .as("%s bytes:%n%s", size, String.join("\n", lines))
                        .isEmpty();
                assertBrokenOrdersAreSeen(order, lines, server.files().toRealPath());
            }
        }
    }

    /** The control: a trace that lacks a step, or has it in another place, is refused. */
    private static void assertBrokenOrdersAreSeen(PublishOrder order, List<String> lines, Path tree) {
        order.assertRefuses(
                Strace.without(lines, line -> line.contains("fsync(") && line.contains(".part>")), "the part is not");
        order.assertRefuses(
                Strace.without(
                        lines, line -> line.contains("fsync(") && line.contains("<" + tree.resolve("folder") + ">")),
                "a folder is not");
        order.assertRefuses(
                Strace.without(lines, line -> line.contains("fsync(") && line.contains("/.wherry-staging>")),
                "a folder is not");
        order.assertRefuses(
                Strace.without(lines, line -> line.contains("user.wherry")), "the attribute is set 0 times");
        order.assertRefuses(
                lines.stream()
                        .map(line -> line.replace("RENAME_NOREPLACE", "0"))
                        .toList(),
                "may replace");
        order.assertRefuses(movedToTheStart(lines, line -> line.contains("renameat2(")), "not synced between");
    }

    /** The calls that match come first, before everything else. */
    private static List<String> movedToTheStart(List<String> lines, Predicate<String> moved) {
        var result = new ArrayList<>(lines.stream().filter(moved).toList());
        result.addAll(lines.stream().filter(moved.negate()).toList());
        return result;
    }

    private List<String> traceUpload(RunningServer server, int size, Path trace) throws Exception {
        var payload = Payload.make(temporary.resolve("payload-" + size), size, new Random(size));
        try (var connection = new Peers(server).connect()) {
            connection.ask(new Request.MakeFolder(Peers.path("/folder")));
            try (var _ = Strace.of(server, 400, trace);
                    var source = Source.file(payload.file())) {
                connection.upload(
                        Peers.path("/folder/published"),
                        source,
                        new Precondition.Absent(),
                        false,
                        TransferWatch.NOBODY);
                // What the kernel was last asked to send is written down before its thread goes on.
                connection.ask(new Request.Ping());
            }
        }
        return Strace.lines(trace);
    }

    /** The id by which the server names the part file. */
    private static String upload(List<String> lines) {
        var pattern = Pattern.compile("renameat2\\(.*\"([0-9a-f]{32})\\.part\"");
        for (var line : lines) {
            var matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("no part is renamed:\n" + String.join("\n", lines));
    }
}
