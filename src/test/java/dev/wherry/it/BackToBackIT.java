package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.Connection;
import dev.wherry.client.LandingFile;
import dev.wherry.client.Source;
import dev.wherry.client.TransferWatch;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection that is used for a long time: the last transfer is served as the first was. */
final class BackToBackIT {
    private static final int TRANSFERS = Application.isLong() ? 200 : 20;
    private static final long BYTES = (Application.isLong() ? 64L : 8L) << 20;
    /** What a server needs for its work it has taken by now; from here on it may keep hardly any more. */
    private static final int SETTLED = TRANSFERS / 2;

    private static final long MOST_GROWTH_MIB = 4;
    private static final long MOST_RESIDENT_MIB = 450;
    private static final VirtualPath PATH = VirtualPath.parse("/again and again.mp4");

    @TempDir
    Path temporary;

    @Test
    void noTransferStallsAndNoMemoryIsLost() throws Exception {
        var sent = Media.FILM.write(temporary, "film", BYTES, 1);
        var back = temporary.resolve("back.mp4");
        var wanted = Payload.sha256(sent);
        try (var server = RunningServer.start(temporary.resolve("server"));
                var connection = new Peers(server).connect();
                var thread = Executors.newSingleThreadExecutor()) {
            long settled = 0;
            for (int turn = 0; turn < TRANSFERS; turn++) {
                boolean up = turn % 2 == 0;
                thread.submit(() -> {
                            if (up) {
                                put(connection, sent);
                            } else {
                                get(connection, back);
                            }
                            return Boolean.TRUE;
                        })
                        .get(2, TimeUnit.MINUTES);
                var arrived = up ? server.files().resolve(PATH.name()) : back;
                assertThat(Payload.sha256(arrived))
                        .as("what transfer %d brought", turn)
                        .isEqualTo(wanted);
                if (!up) {
                    Files.delete(back);
                }
                settled = turn == SETTLED ? server.liveHeapMiB() : settled;
            }
            long kept = server.liveHeapMiB();
            long peak = server.peakResidentMiB();
            System.out.printf(
                    "BackToBackIT: %d MiB of live heap in the middle, %d at the end; at most %d MiB resident%n",
                    settled, kept, peak);
            assertThat(kept).isLessThanOrEqualTo(settled + MOST_GROWTH_MIB);
            assertThat(peak).isLessThanOrEqualTo(MOST_RESIDENT_MIB);
        }
    }

    private static void put(Connection connection, Path file) throws IOException {
        try (var source = Source.file(file)) {
            connection.upload(PATH, source, new Precondition.Any(), false, TransferWatch.NOBODY);
        }
    }

    private static void get(Connection connection, Path target) throws IOException {
        connection.download(PATH, Optional.empty(), LandingFile.open(target, false), TransferWatch.NOBODY);
    }
}
