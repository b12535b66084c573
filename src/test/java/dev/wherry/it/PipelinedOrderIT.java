package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small files through one connection share the syncs of their folders: of each the trace shows all the same that
 * its part and its folder were synced before its own answer. In the clear, for the answers to be told apart.
 */
final class PipelinedOrderIT {
    private static final int FILES = Application.isLong() ? 1_000 : 120;
    private static final int FOLDERS = 3;
    private static final int SIZE = 4096;
    /** More than is ever sent at once. */
    private static final int SHOWN = 200_000;

    @TempDir
    private Path temporary;

    /** One that was answered: where it is, and the id by which the server names its part. */
    private record Published(String target, String upload) {}

    @Test
    void eachIsSafeBeforeItsOwnAnswer() throws Exception {
        assumeTrue(Strace.isPermitted(), "strace is not here or not permitted");
        var home = Files.createDirectory(temporary.resolve("server"));
        try (var server =
                RunningServer.start(home, "--set", "console.tls=false").traced()) {
            var trace = home.resolve("trace");
            var published = publish(server, trace);
            var lines = Strace.lines(trace);
            var calls = SystemCalls.parse(lines);
            var orders = published.stream().map(file -> order(server, file)).toList();
            assertThat(orders).hasSize(FILES);
            for (var order : orders) {
                assertThat(order.violation(calls)).as(order.target()).isEmpty();
            }
            long folderSyncs = calls.find(
                            call -> call.is("fsync") && call.text().contains("/folder"))
                    .size();
            System.out.println("PipelinedOrderIT: " + FILES + " files, " + folderSyncs + " syncs of their " + FOLDERS
                    + " folders");
            assertBrokenOrdersAreSeen(orders.get(FILES / 2), lines);
        }
    }

    private static PublishOrder order(RunningServer server, Published file) {
        try {
            var fromHere = PublishOrder.sentFrom(server.consolePort());
            // As strace writes the facts of its OK.
            var words = "\\\"upload\\\":\\\"" + file.upload() + "\\\",\\\"seconds\\\"";
            return new PublishOrder(
                    server.files().toRealPath(),
                    file.target(),
                    file.upload(),
                    call -> fromHere.test(call) && call.text().contains(words));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<Published> publish(RunningServer server, Path trace) throws Exception {
        try (var socket = WireClient.plain(server)) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            in.readLine();
            ask(socket, in, "LOGIN admin \"" + RunningServer.PASSWORD + "\"");
            for (int i = 0; i < FOLDERS; i++) {
                ask(socket, in, "MKDIR /folder" + i);
            }
            try (var _ = Strace.of(server, SHOWN, trace)) {
                var published = pipelined(socket, in);
                // What the kernel was last asked to send is written down before its thread goes on.
                ask(socket, in, "PING");
                return published;
            }
        }
    }

    private static void ask(Socket socket, BufferedReader in, String line) throws IOException {
        socket.getOutputStream().write(Client.utf8(line + "\n"));
        assertThat(in.readLine()).startsWith("OK");
    }

    /** All of them are sent, however many are answered. */
    private static List<Published> pipelined(Socket socket, BufferedReader in) throws Exception {
        var all = new ByteArrayOutputStream();
        var random = new Random(5);
        for (int i = 0; i < FILES; i++) {
            all.writeBytes(WireClient.wholeUpload(target(i), "" + SIZE, Payload.bytes(SIZE, random)));
        }
        var sender = Thread.ofPlatform().daemon().start(() -> send(socket, all.toByteArray()));
        var published = new ArrayList<Published>();
        while (published.size() < FILES) {
            switch (ReplyLine.parse(in.readLine())) {
                case Reply.Ok(var facts) ->
                    published.add(new Published(target(published.size()), String.valueOf(facts.get("upload"))));
                case Reply.Err(var fault) -> throw new AssertionError(fault);
                default -> {} // on the way
            }
        }
        sender.join();
        return published;
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private static String target(int number) {
        return "folder" + number % FOLDERS + "/file " + number;
    }

    /** The control: the same trace without a step, or with the file's answer in another place, is refused. */
    private static void assertBrokenOrdersAreSeen(PublishOrder order, List<String> lines) {
        var folder = order.tree().resolve(order.target()).getParent();
        order.assertRefuses(
                Strace.without(lines, line -> line.contains("fsync(") && line.contains(order.upload() + ".part>")),
                "the part is not synced");
        order.assertRefuses(
                Strace.without(lines, line -> line.contains("fsync(") && line.contains("<" + folder + ">")),
                "a folder is not");
        order.assertRefuses(
                answeredBehind(
                        lines, order.upload(), line -> line.contains("renameat2(") && line.contains(order.upload())),
                "a folder is not synced between the rename and the answer");
    }

    /** The same, but that the answer is sent at once behind this line, by a thread that does nothing else. */
    private static List<String> answeredBehind(List<String> lines, String upload, Predicate<String> here) {
        var answer = lines.stream()
                .filter(line -> line.contains(upload) && line.contains("seconds"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("^\\d+", "1")
                .replace(" <unfinished ...>", ") = 1");
        return lines.stream()
                .flatMap(line -> here.test(line) ? Stream.of(line, answer) : Stream.of(line))
                .toList();
    }
}
