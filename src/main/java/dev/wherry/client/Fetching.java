package dev.wherry.client;

import dev.wherry.path.Etag;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way from a server, with what has come of it over the connections that it takes. Owned by the thread
 * that fetches it.
 */
final class Fetching implements AutoCloseable {
    private final VirtualPath path;
    private final Landing landing;
    private Optional<Etag> expected;

    /** What the server said of it first, and what takes its bytes; of the version that is being fetched. */
    private Reply.@Nullable Data data;

    private @Nullable WriteBehind behind;
    private long received;

    /** @param expected the version that must still be there, if it matters */
    Fetching(VirtualPath path, Optional<Etag> expected, Landing landing) {
        this.path = path;
        this.expected = expected;
        this.landing = landing;
    }

    VirtualPath path() {
        return path;
    }

    Landing landing() {
        return landing;
    }

    /** Bytes that were taken, from the first on. */
    long received() {
        return received;
    }

    void received(int more) {
        received += more;
    }

    Request.Download request() {
        return new Request.Download(path, received, OptionalLong.empty(), expected);
    }

    /** From now on just this version will do. */
    WriteBehind begin(Reply.Data said) {
        var current = behind;
        if (data == null || current == null) {
            current = new WriteBehind(landing, said.size());
            behind = current;
        }
        data = said;
        expected = Optional.of(said.etag());
        return current;
    }

    /** Another version is there now: the next attempt takes it, from its first byte on. */
    void startOver() throws IOException {
        if (behind != null) {
            behind.finish();
            behind.close();
        }
        landing.restart();
        behind = null;
        data = null;
        expected = Optional.empty();
        received = 0;
    }

    @Override
    public void close() {
        if (behind != null) {
            behind.close();
        }
    }
}
