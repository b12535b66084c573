package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Connection;
import dev.wherry.client.LandingFile;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients who all begin at once, each with ten transfers, five up and the same five down again. */
final class ManyClientsIT {
    private static final int MIB = 1 << 20;
    private static final int CLIENTS = Application.isLong() ? 50 : 16;
    private static final int FILES_EACH = 5;
    private static final List<Integer> SIZES = Application.isLong()
            ? List.of(0, 1, 4096, MIB - 1, MIB, MIB + 1, 16 * MIB)
            : List.of(0, 1, 4096, MIB - 1, MIB, MIB + 1);
    private static final long MOST_RESIDENT_MIB = 450;

    @TempDir
    Path temporary;

    /** A file to be sent, and what it holds. */
    private record Sample(Path file, Sha256 sha256) {}

    @Test
    void nobodyGetsAnErrorAndEveryByteArrives() throws Exception {
        var samples = samples();
        try (var server = RunningServer.start(temporary.resolve("server"));
                var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var peers = new Peers(server);
            rehearse(peers, samples, server);
            var barrier = new CyclicBarrier(CLIENTS);
            var running = new ArrayList<Future<?>>();
            for (int number = 0; number < CLIENTS; number++) {
                running.add(threads.submit(client(number, peers, barrier, samples, server.files())));
            }
            for (var one : running) {
                one.get(10, TimeUnit.MINUTES);
            }
            long peak = server.peakResidentMiB();
            System.out.println("ManyClientsIT: with " + CLIENTS + " clients the server held at most " + peak + " MiB");
            assertThat(peak).isLessThanOrEqualTo(MOST_RESIDENT_MIB);
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

    /** Every size once, alone: a cold program loads its classes on the event loop, and that is not what is tested. */
    private void rehearse(Peers peers, List<Sample> samples, RunningServer server) throws IOException {
        try (var connection = peers.connect()) {
            for (int number = 0; number < samples.size(); number++) {
                thereAndBack(connection, samples.get(number), "rehearsal " + number, server.files());
            }
        }
    }

    private Callable<Void> client(int number, Peers peers, CyclicBarrier barrier, List<Sample> samples, Path served) {
        return () -> {
            try (var connection = peers.connect()) {
                barrier.await(2, TimeUnit.MINUTES);
                for (int turn = 0; turn < FILES_EACH; turn++) {
                    var sample = samples.get((number + turn) % samples.size());
                    thereAndBack(connection, sample, "client " + number + " file " + turn, served);
                }
            } catch (Exception failure) {
                barrier.reset();
                throw new AssertionError("client " + number + " failed", failure);
            }
            return null;
        };
    }

    private void thereAndBack(Connection connection, Sample sample, String name, Path served) throws IOException {
        var path = VirtualPath.parse("/" + name);
        try (var source = Source.file(sample.file())) {
            connection.upload(path, source, new Precondition.Absent(), false, TransferWatch.NOBODY);
        }
        assertThat(Payload.sha256(served.resolve(name)))
                .as("%s on the server", name)
                .isEqualTo(sample.sha256());
        var back = temporary.resolve(name);
        connection.download(path, Optional.empty(), LandingFile.open(back, false), TransferWatch.NOBODY);
        assertThat(Payload.sha256(back)).as("%s that came back", name).isEqualTo(sample.sha256());
        Files.delete(back);
    }
}
