package dev.wherry.storage.backend;

import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** An empty backend for each test, and the words in which tests ask it. */
@ExtendWith(VertxExtension.class)
public abstract class BackendFixture {
    protected static final Precondition ABSENT = new Precondition.Absent();
    protected static final Precondition ANY = new Precondition.Any();
    protected static final Parents NO_PARENTS = Parents.NONE;
    protected static final Parents ALL_PARENTS = Parents.all();
    protected static final Instant MODIFIED = Instant.parse("2024-02-29T12:34:56.123456700Z");

    protected Vertx vertx;
    protected Backend backend;

    /** An empty place. */
    protected abstract Future<? extends Backend> openEmpty(Vertx vertx) throws Exception;

    protected abstract Future<Void> close(Backend backend);

    @BeforeEach
    void openBackend(Vertx vertx) throws Exception {
        this.vertx = vertx;
        this.backend = result(openEmpty(vertx));
    }

    @AfterEach
    void closeBackend() {
        result(close(backend));
    }

    protected static void assertFacts(java.util.Map<String, Object> facts, Entry there) {
        assertThat(facts)
                .containsEntry("etag", there.etag().orElseThrow().value())
                .containsEntry("size", there.size())
                .containsEntry("modified", there.modified().toString());
        there.sha256().ifPresent(sha256 -> assertThat(facts).containsEntry("sha256", sha256.hex()));
    }

    protected final Entry put(String path, byte[] bytes) {
        return result(backend.publish(sealed(bytes), path(path), ABSENT, ALL_PARENTS));
    }

    protected final UploadId sealed(byte[] bytes) {
        var sink = result(backend.create(UploadId.random()));
        result(sink.write(List.of(ByteBuffer.wrap(bytes))));
        result(sink.seal(promise()));
        result(sink.close());
        return sink.upload();
    }

    protected final byte[] read(String path) {
        var content = result(backend.open(path(path)));
        var all = Buffer.buffer();
        for (var piece = result(content.read(0, 1 << 20));
                piece.length() > 0;
                piece = result(content.read(all.length(), 1 << 20))) {
            all.appendBuffer(piece);
        }
        content.close();
        return all.getBytes();
    }

    protected final List<Entry> list(String path) {
        var folder = result(backend.list(path(path)));
        var entries = result(folder.next(Integer.MAX_VALUE));
        folder.close();
        return entries;
    }

    protected static VirtualPath path(String path) {
        return VirtualPath.parse(path);
    }

    protected static Seal promise() {
        return new Seal(OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    protected static Precondition version(Entry entry) {
        return new Precondition.Version(entry.etag().orElseThrow());
    }

    protected static Sha256 sha256(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.of(digest);
    }

    protected static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    protected static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
