package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Connection;
import dev.wherry.client.LandingFile;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients who all begin at once, each with ten transfers, five up and the same five down again; in the long form
 * so again and again, for five minutes. The server has the memory that it gives itself.
 */
final class ManyClientsIT {
    private static final int MIB = 1 << 20;
    private static final int CLIENTS = Application.isLong() ? 200 : 48;
    private static final Duration LASTS =
            Application.isLong() ? Duration.ofSeconds(Long.getLong("wherry.seconds", 300)) : Duration.ZERO;
    /** More than one, since an account may have 64 uploads at once. */
    private static final int ACCOUNTS = 5;

    private static final int FILES_EACH = 5;
    private static final List<Integer> SIZES = Application.isLong()
            ? List.of(0, 1, 4096, MIB - 1, MIB, MIB + 1, 16 * MIB)
            : List.of(0, 1, 4096, MIB - 1, MIB, MIB + 1);
    private static final long MOST_RESIDENT_MIB = 450;
    private static final int AT_ONCE = 40;
    /** What the resident memory may wander between one third of the time and the next. */
    private static final double WANDERS_MIB = 16;

    @TempDir
    private Path temporary;

    /** A file to be sent, and what it holds. */
    private record Sample(Path file, Sha256 sha256) {}

    @Test
    void nobodyGetsAnErrorAndEveryByteArrives() throws Exception {
        var samples = samples();
        try (var server = RunningServer.start(temporary.resolve("server"));
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var administrator = new Peers(server);
            rehearse(administrator, samples, server);
            var accounts = accounts(server, administrator);
            long deadline = System.nanoTime() + LASTS.toNanos();
            try (var connection = administrator.connect();
                    var lookout = new Lookout(server, connection, CLIENTS)) {
                var barrier = new CyclicBarrier(CLIENTS);
                var running = new ArrayList<Future<Integer>>();
                for (int number = 0; number < CLIENTS; number++) {
                    var peers = accounts.get(number % ACCOUNTS);
                    running.add(
                            threads.submit(client(number, peers, barrier, lookout, samples, deadline, server.files())));
                }
                int transfers = 0;
                for (var one : running) {
                    try {
                        transfers += one.get(20, TimeUnit.MINUTES);
                    } catch (ExecutionException failed) {
                        throw new AssertionError(
                                "the server said:\n" + server.output() + server.errors(), failed.getCause());
                    }
                }
                report(server, lookout, transfers);
            }
        }
    }

    private static void report(RunningServer server, Lookout lookout, int transfers) throws IOException {
        long peak = server.peakResidentMiB();
        System.out.printf(
                "ManyClientsIT: %d clients, %d transfers; at most %d at once while held, %d later; "
                        + "resident at most %d MiB, in the middle third %.0f, in the last %.0f%n",
                CLIENTS,
                transfers,
                lookout.mostHeld(),
                lookout.mostLater(),
                peak,
                lookout.meanResident(1),
                lookout.meanResident(2));
        assertThat(transfers).isGreaterThanOrEqualTo(CLIENTS * 2 * FILES_EACH);
        assertThat(lookout.mostHeld()).isGreaterThanOrEqualTo(AT_ONCE);
        assertThat(peak).isLessThanOrEqualTo(MOST_RESIDENT_MIB);
        if (Application.isLong()) {
            assertThat(lookout.mostLater()).isGreaterThanOrEqualTo(AT_ONCE);
            assertThat(lookout.meanResident(2) - lookout.meanResident(1)).isLessThan(WANDERS_MIB);
        }
    }

    private List<Sample> samples() throws IOException {
        var samples = new ArrayList<Sample>();
        for (int size : SIZES) {
            var file = Media.SOUND.write(temporary.resolve("samples"), size + " bytes", size, size);
            samples.add(new Sample(file, Payload.sha256(file)));
        }
        return samples;
    }

    private static List<Peers> accounts(RunningServer server, Peers administrator) throws IOException {
        var accounts = new ArrayList<Peers>();
        try (var connection = administrator.connect()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                var password = "the password of number " + i;
                connection.ask(new Request.UserAdd("user" + i, Optional.of(password), false, List.of()));
                accounts.add(new Peers(server, "user" + i, password));
            }
        }
        return accounts;
    }

    /** Every size once, alone: a cold program loads its classes on the event loop, and that is not what is tested. */
    private void rehearse(Peers peers, List<Sample> samples, RunningServer server) throws IOException {
        try (var connection = peers.connect()) {
            for (int number = 0; number < samples.size(); number++) {
                var sample = samples.get(number);
                try (var source = Source.file(sample.file())) {
                    thereAndBack(connection, source, sample, "rehearsal " + number, server.files());
                }
            }
        }
    }

    /** Answers how many transfers it had. */
    private Callable<Integer> client(
            int number,
            Peers peers,
            CyclicBarrier barrier,
            Lookout lookout,
            List<Sample> samples,
            long deadline,
            Path served) {
        return () -> {
            int turn = 0;
            try (var connection = peers.connect()) {
                barrier.await(2, TimeUnit.MINUTES);
                for (; turn < FILES_EACH || System.nanoTime() < deadline; turn++) {
                    var sample = samples.get((number + turn) % samples.size());
                    try (var source = turn == 0 ? lookout.held(sample.file()) : Source.file(sample.file())) {
                        thereAndBack(connection, source, sample, "client " + number + " file " + turn, served);
                    }
                }
            } catch (Exception failure) {
                barrier.reset();
                lookout.release();
                throw new AssertionError("client " + number + " failed", failure);
            }
            return 2 * turn;
        };
    }

    private void thereAndBack(Connection connection, Source source, Sample sample, String name, Path served)
            throws IOException {
        var path = VirtualPath.parse("/" + name);
        connection.upload(path, source, new Precondition.Absent(), false, TransferWatch.NOBODY);
        assertThat(Payload.sha256(served.resolve(name)))
                .as("%s on the server", name)
                .isEqualTo(sample.sha256());
        var back = temporary.resolve(name);
        connection.download(path, Optional.empty(), LandingFile.open(back, false), TransferWatch.NOBODY);
        assertThat(Payload.sha256(back)).as("%s that came back", name).isEqualTo(sample.sha256());
        Files.delete(back);
        connection.ask(new Request.Delete(path));
    }
}
