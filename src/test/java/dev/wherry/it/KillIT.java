package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Connection;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.path.Kind;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed at a random moment of ten uploads, again and again, on the same folders. What was acknowledged
 * is there and whole; what was not is there whole or not at all.
 */
final class KillIT {
    private static final int ROUNDS = Application.isLong() ? 30 : 2;
    private static final int FEWEST = 3;
    private static final int[] SIZES = {
        0, 100_000, 1 << 20, (1 << 20) + 1, 3 << 20, 5 << 20, 12 << 20, 20 << 20, 28 << 20, 36 << 20
    };
    /**
     * It is there before the first round and replaced in every one: its old version stays until the new one is whole.
     */
    private static final String REPLACED = "replaced";

    @TempDir
    Path temporary;

    private final Random random = Application.random(KillIT.class);
    /** What was acknowledged, of all rounds. */
    private final Map<String, Sha256> acknowledged = new TreeMap<>();

    private final List<Payload> payloads = new ArrayList<>();

    /** What the last round wanted to replace the one file with. */
    private Optional<Sha256> replacing = Optional.empty();

    @Test
    void whatWasAcknowledgedSurvivesAKillAndNothingTornIsSeen() throws Exception {
        for (int size : SIZES) {
            payloads.add(Payload.make(temporary.resolve("local/" + payloads.size()), size, random));
        }
        var home = temporary.resolve("server");
        int counted = 0;
        for (int tried = 0; counted < ROUNDS; tried++) {
            assertThat(tried).as("rounds tried").isLessThan(10 * ROUNDS);
            try (var server = RunningServer.start(home)) {
                auditThroughServer(server);
                var round = new Round(new Peers(server), tried);
                int unfinished = round.runAndKill(server);
                replacing = Optional.of(round.replacement.sha256());
                boolean counts = round.done.size() >= FEWEST && unfinished >= FEWEST;
                counted += counts ? 1 : 0;
                System.out.printf(
                        "KillIT round %d: %d acknowledged, %d unfinished%s%n",
                        tried, round.done.size(), unfinished, counts ? "" : ", void");
                acknowledged.putAll(round.done);
                auditDisk(server, round);
            }
        }
        try (var server = RunningServer.start(home)) {
            auditThroughServer(server);
            assertThat(server.stop()).isZero();
        }
    }

    /** Walks the disk, with no server that could gloss over anything. */
    private void auditDisk(RunningServer server, Round round) throws IOException {
        var found = walk(server.files());
        for (var name : found.keySet()) {
            var possible = new HashSet<Sha256>(round.possible(name));
            // A file of an earlier round, or the version that was to be replaced.
            Optional.ofNullable(acknowledged.get(name)).ifPresent(possible::add);
            assertThat(possible).as("what %s may be", name).contains(found.get(name));
        }
        assertThat(found.keySet()).as("what was acknowledged is there").containsAll(acknowledged.keySet());
        round.done.forEach((name, sha256) ->
                assertThat(found.get(name)).as("acknowledged: %s", name).isEqualTo(sha256));
        // Published, and the answer was lost: from now on it is there for good.
        acknowledged.putAll(found);
    }

    /** Everything in the served tree but the server's own folder of unfinished uploads. */
    private static Map<String, Sha256> walk(Path tree) throws IOException {
        var found = new HashMap<String, Sha256>();
        try (var files = Files.walk(tree)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !tree.relativize(file).startsWith(".wherry-staging"))
                    .forEach(file -> found.put(tree.relativize(file).toString(), Payload.sha256(file)));
        }
        return found;
    }

    /** The server that came back tells the same, and has put right what was interrupted. */
    private void auditThroughServer(RunningServer server) throws Exception {
        assertThat(states(server.data().resolve("wherry.db"))).as("rows").doesNotContain("active", "publishing");
        var peers = new Peers(server);
        try (var connection = peers.connect()) {
            var listed = list(connection);
            // What was about to be published when the server died is published by the one that came back.
            assertThat(listed).containsAll(acknowledged.keySet());
            for (var name : listed) {
                var downloaded = connection.download(
                        Peers.path("/" + name), Optional.empty(), Payload.NOWHERE, TransferWatch.NOBODY);
                var expected = acknowledged.containsKey(name) && !name.equals(REPLACED)
                        ? Set.of(acknowledged.get(name))
                        : digests();
                assertThat(expected).as(name).contains(downloaded.sha256());
                if (name.equals(REPLACED)) {
                    // The old version, or the one whose publishing had begun: nothing else, and from now on this.
                    assertThat(List.of(
                                    String.valueOf(acknowledged.get(REPLACED)),
                                    replacing.map(Sha256::hex).orElse("")))
                            .contains(downloaded.sha256().hex());
                    acknowledged.put(REPLACED, downloaded.sha256());
                }
            }
            forget(connection, listed);
        }
    }

    private Set<Sha256> digests() {
        var digests = new HashSet<Sha256>();
        payloads.forEach(payload -> digests.add(payload.sha256()));
        return digests;
    }

    /** So that thirty rounds fit on a small disk: large files of old rounds go. */
    private void forget(Connection connection, Set<String> listed) throws IOException {
        for (var name : listed) {
            if (name.equals(REPLACED) || name.endsWith("-0") || name.endsWith("-1")) {
                continue;
            }
            connection.ask(new Request.Delete(Peers.path("/" + name)));
            acknowledged.remove(name);
        }
    }

    private static Set<String> list(Connection connection) throws IOException {
        var names = new TreeSet<String>();
        connection.ask(new Request.ListFolder(Peers.path("/"), true, false), facts -> {
            if (Kind.FILE.word().equals(facts.get("kind"))) {
                names.add(String.valueOf(facts.get("name")));
            }
        });
        return names;
    }

    private static Set<String> states(Path database) throws SQLException {
        var states = new HashSet<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:file:" + database + "?mode=ro");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT DISTINCT state FROM uploads")) {
            while (rows.next()) {
                states.add(rows.getString(1));
            }
        }
        return states;
    }

    /** Ten uploads at once, and the kill. */
    private final class Round {
        final Map<String, Sha256> done = new TreeMap<>();
        private final Peers peers;
        private final int number;
        /** The last one replaces a file; which of the payloads it gets changes from round to round. */
        private final Payload replacement;

        private final AtomicInteger answered = new AtomicInteger();
        private final List<Thread> threads = new ArrayList<>();

        Round(Peers peers, int number) {
            this.peers = peers;
            this.number = number;
            this.replacement = payloads.get(5 + number % 3);
        }

        private String name(int upload) {
            return upload == SIZES.length - 1 ? REPLACED : "round-" + number + "-" + upload;
        }

        private Payload payload(int upload) {
            return upload == SIZES.length - 1 ? replacement : payloads.get(upload);
        }

        Set<Sha256> possible(String name) {
            for (int upload = 0; upload < SIZES.length; upload++) {
                if (name(upload).equals(name)) {
                    return Set.of(payload(upload).sha256());
                }
            }
            return Set.of();
        }

        /** Answers how many were not finished. */
        int runAndKill(RunningServer server) throws Exception {
            var ready = new CountDownLatch(SIZES.length);
            var go = new CountDownLatch(1);
            for (int upload = 0; upload < SIZES.length; upload++) {
                int mine = upload;
                var connection = peers.connect();
                threads.add(Thread.ofPlatform().start(() -> send(connection, mine, ready, go)));
            }
            ready.await();
            go.countDown();
            awaitKill();
            server.kill();
            for (var thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
            }
            return SIZES.length - done.size();
        }

        /** A moment that is random, but not so early or late that nothing is learnt from it. */
        private void awaitKill() throws InterruptedException {
            int after = FEWEST + random.nextInt(SIZES.length - 2 * FEWEST);
            var never = new CountDownLatch(1);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (answered.get() < after && System.nanoTime() < deadline) {
                never.await(200, TimeUnit.MICROSECONDS);
            }
            never.await(random.nextInt(21_000), TimeUnit.MICROSECONDS);
        }

        private void send(Connection connection, int upload, CountDownLatch ready, CountDownLatch go) {
            try (connection;
                    var source = Source.file(payload(upload).file())) {
                ready.countDown();
                go.await();
                connection.upload(
                        Peers.path("/" + name(upload)), source, new Precondition.Any(), false, TransferWatch.NOBODY);
                synchronized (done) {
                    done.put(name(upload), payload(upload).sha256());
                }
                answered.incrementAndGet();
            } catch (IOException killed) {
                // As it was to be: nothing is known of this one.
            } catch (InterruptedException failure) {
                throw new UncheckedIOException(new IOException(failure));
            }
        }
    }
}
