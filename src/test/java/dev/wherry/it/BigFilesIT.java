package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files, through the client that users have and the memory that the launcher allows the server. */
final class BigFilesIT {
    private static final long MIB = 1 << 20;
    private static final long MOST_RESIDENT_MIB = 450;

    @TempDir
    Path temporary;

    private RunningServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        server = RunningServer.start(temporary.resolve("server"));
        client = new Client(temporary.resolve("client"), server.clientEnvironment());
        Files.createDirectories(client.folder());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void smallFilesOfEveryKindComeBackAsTheyWere() throws IOException {
        for (var kind : Media.values()) {
            roundTrip(kind.write(client.folder(), "small " + kind, 100_000, 1));
        }
        roundTrip(Media.TEXT.write(client.folder(), "empty", 0, 1));
        roundTrip(Media.PICTURE.write(client.folder(), "one byte", 1, 1));
    }

    @Test
    void bigFilesComeBackAsTheyWereInBoundedMemory() throws IOException {
        boolean isLong = Application.isLong();
        roundTrip(Media.TEXT.write(client.folder(), "book", 25 * MIB, 2));
        roundTrip(Media.SOUND.write(client.folder(), "concert", (isLong ? 1024 : 64) * MIB, 3));
        roundTrip(Media.FILM.write(client.folder(), "voyage", (isLong ? 2048 : 96) * MIB + 1, 4));
        long peak = server.peakResidentMiB();
        System.out.println("BigFilesIT: the server held at most " + peak + " MiB");
        assertThat(peak).isLessThanOrEqualTo(MOST_RESIDENT_MIB);
    }

    private void roundTrip(Path sent) throws IOException {
        var name = sent.getFileName().toString();
        var wanted = Payload.sha256(sent);
        client.must("put", name, ":/");
        var stored = server.files().resolve(name);
        assertThat(stored).hasSize(Files.size(sent));
        assertThat(Payload.sha256(stored))
                .as("the digest of %s on the server", name)
                .isEqualTo(wanted);
        Files.delete(sent);
        client.must("get", ":/" + name, "back of " + name);
        var back = client.folder().resolve("back of " + name);
        assertThat(Payload.sha256(back))
                .as("the digest of %s that came back", name)
                .isEqualTo(wanted);
        Files.delete(back);
        Files.delete(stored);
    }
}
