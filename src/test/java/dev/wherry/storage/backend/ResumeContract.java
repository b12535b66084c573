package dev.wherry.storage.backend;

import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is promised of uploads that go on after they were let go of. */
public abstract class ResumeContract extends BackendFixture {
    private static final int MEBIBYTE = 1 << 20;

    /** The same place, by who knows only what is stored there. */
    protected abstract Future<? extends Backend> reopen();

    @Test
    void anUploadGoesOnAtTheEndOfWhatIsThere() {
        var bytes = randomBytes(11 * MEBIBYTE + 7);
        var id = pause(bytes, 5 * MEBIBYTE + 3);
        assertPublishedWhole(id, bytes);
    }

    /** As after a restart: nobody knows the digest of what is there. */
    @Test
    void whatIsThereIsHashedAgainWhileNewBytesFlow() {
        var bytes = randomBytes(23 * MEBIBYTE);
        var id = pause(bytes, 17 * MEBIBYTE);
        forgetWhatIsNotStored();
        assertPublishedWhole(id, bytes);
    }

    @Test
    void anUploadThatIsCutAgainAndAgainComesOutWhole() {
        var bytes = randomBytes(3 * MEBIBYTE);
        var id = pause(bytes, 0);
        for (int end = 100_000; end < bytes.length; end += 300_007) {
            var sink = result(backend.resume(id));
            result(sink.write(List.of(ByteBuffer.wrap(bytes, (int) sink.offset(), end - (int) sink.offset()))));
            result(sink.close());
            if (end % 2 == 0) {
                forgetWhatIsNotStored();
            }
        }
        assertPublishedWhole(id, bytes);
    }

    @Test
    void whatIsCutOffIsGoneAndTheRestStays() {
        var bytes = randomBytes(2 * MEBIBYTE);
        var id = pause(bytes, MEBIBYTE);
        result(backend.cutBack(id, 1_000));
        var sink = result(backend.resume(id));
        assertThat(sink.offset()).isEqualTo(1_000);
        result(sink.close());
        assertPublishedWhole(id, bytes);
    }

    @Test
    void cuttingOffBehindTheEndOrWhereNothingIsChangesNothing() {
        var bytes = randomBytes(1_000);
        var id = pause(bytes, 500);
        result(backend.cutBack(id, 700));
        result(backend.cutBack(UploadId.random(), 700));
        var sink = result(backend.resume(id));
        assertThat(sink.offset()).isEqualTo(500);
        result(sink.close());
    }

    @Test
    void anUploadOfWhichNothingIsThereBeginsAtZero() {
        var bytes = randomBytes(1_000);
        assertPublishedWhole(UploadId.random(), bytes);
    }

    /** It went whole, and its name was taken: it is sealed once more, and published under another. */
    @Test
    void aSealedUploadGoesOnToo() {
        var bytes = randomBytes(MEBIBYTE);
        assertPublishedWhole(sealed(bytes), bytes);
    }

    private UploadId pause(byte[] bytes, int length) {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.wrap(Arrays.copyOf(bytes, length)))));
        result(sink.close());
        return sink.upload();
    }

    private void assertPublishedWhole(UploadId id, byte[] bytes) {
        var sink = result(backend.resume(id));
        var rest = new ByteArrayOutputStream();
        rest.write(bytes, (int) sink.offset(), bytes.length - (int) sink.offset());
        result(sink.write(List.of(ByteBuffer.wrap(rest.toByteArray()))));
        result(sink.seal(new Seal(OptionalLong.of(bytes.length), Optional.of(sha256(bytes)), Optional.empty())));
        result(sink.close());
        result(backend.publish(id, path("/whole"), ABSENT, NO_PARENTS));
        assertThat(read("/whole")).isEqualTo(bytes);
    }

    /** Opens the same place anew. */
    private void forgetWhatIsNotStored() {
        result(close(backend));
        backend = result(reopen());
    }
}
