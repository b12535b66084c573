package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.client.ServerAddress;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class HandOverTest {
    private static final Place.Remote DEFAULT = new Place.Remote(Optional.empty(), Optional.empty(), "/to/it");

    private final FaultException cut =
            Fault.STOPPED.because("interrupted").with("upload", "4f2a").with("durable", 3L);

    private String line(Access access, Place.Remote place) {
        var job = new Job(Job.Direction.UPLOAD, "my film.mp4", ":/to/it", OptionalLong.of(5));
        return HandOver.of(job, cut, access.said(place)).orElseThrow().text();
    }

    @Test
    void theServerIsNamedWhereItWasNamed() {
        var access = new Access();
        assertThat(line(access, DEFAULT)).isEqualTo("put --resume 4f2a 'my film.mp4'");
        access.server = Optional.of("anna@files.example.org:4452");
        assertThat(line(access, DEFAULT)).endsWith(" 'my film.mp4' anna@files.example.org:4452:/");
        var place = new Place.Remote(Optional.empty(), Optional.of(ServerAddress.parse("other.example.org")), "/to/it");
        assertThat(line(access, place)).endsWith(" anna@other.example.org:4451:/");
    }

    @Test
    void soIsWhoOneIsThereAndWhyItIsBelieved() {
        var access = new Access();
        access.fingerprint = Optional.of("SHA256:abc+/=");
        access.tokenFile = Optional.of(Path.of("my token"));
        assertThat(line(access, DEFAULT))
                .isEqualTo("put --resume 4f2a 'my film.mp4' --fingerprint=SHA256:abc+/= '--token-file=my token'");
    }

    @Test
    void whatSomebodyElseEndedCannotEither() {
        var job = new Job(Job.Direction.UPLOAD, "film", ":/it", OptionalLong.of(5));
        var said = new Access().said(DEFAULT);
        var cancelled = cut.with("cancelled", true);
        assertThat(HandOver.of(job, cancelled, said)).isEmpty();
        assertThat(Failures.sentence(cancelled, ":/it"))
                .isEqualTo(":/it: this upload was cancelled elsewhere; nothing of it was kept");
        assertThat(ExitCode.of(cancelled)).isEqualTo(ExitCode.SOME_FAILED);
        var elsewhere = cut.with("elsewhere", true);
        assertThat(HandOver.of(job, elsewhere, said)).isEmpty();
        assertThat(Failures.sentence(elsewhere, ":/it"))
                .isEqualTo(":/it: somebody goes on with this upload elsewhere, so it was stopped here");
        assertThat(ExitCode.of(elsewhere)).isEqualTo(ExitCode.BUSY);
    }

    @Test
    void aPipeCannotBeGoneOnWith() {
        var job = new Job(Job.Direction.UPLOAD, "-", ":/it", OptionalLong.empty());
        assertThat(HandOver.of(job, cut, new Access().said(DEFAULT))).isEmpty();
    }
}
