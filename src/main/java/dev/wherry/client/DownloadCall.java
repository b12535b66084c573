package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** One download of a whole file: it lands where it was to, verified, or nothing does. */
final class DownloadCall {
    private final Wire wire;
    private final VirtualPath path;
    private final Optional<Etag> expected;
    private final Landing landing;
    private final TransferWatch watch;
    private final long started = System.nanoTime();

    DownloadCall(Wire wire, VirtualPath path, Optional<Etag> expected, Landing landing, TransferWatch watch) {
        this.wire = wire;
        this.path = path;
        this.expected = expected;
        this.landing = landing;
        this.watch = watch;
    }

    /**
     * @throws FaultException what the server refused; {@link Fault#WRONG_DIGEST} or {@link Fault#WRONG_SIZE} when what
     *     arrived is not what it said; {@link Fault#STOPPED} when the watch stopped it
     */
    Downloaded run() throws IOException {
        boolean landed = false;
        try {
            var data = begin();
            var whole = receive(data);
            landing.commit(whole);
            landed = true;
            return whole;
        } finally {
            if (!landed) {
                landing.discard();
            }
        }
    }

    private Reply.Data begin() throws IOException {
        wire.send(new Request.Download(path, 0, OptionalLong.empty(), expected));
        wire.patience(Wire.ANSWER);
        return switch (wire.readReply()) {
            case Reply.Data data -> data;
            case Reply.Err refused -> throw refused.fault();
            default -> throw new CannotConnectException("the server answered a download with something else");
        };
    }

    /** Takes chunk after chunk, then compares with what the server said of the whole. */
    private Downloaded receive(Reply.Data data) throws IOException {
        try (var behind = new WriteBehind(landing, data.size())) {
            long received = 0;
            Optional<Sha256> computed = Optional.empty();
            for (boolean more = true; more; ) {
                switch (ChunkHeader.parse(wire.readLine())) {
                    case ChunkHeader.Bytes(int bytes) -> {
                        take(bytes, behind);
                        received += bytes;
                        watch.progressed(received, received);
                    }
                    case ChunkHeader.KeepAlive _ -> {}
                    case ChunkHeader.End(var digest) -> {
                        computed = digest;
                        more = false;
                    }
                    case ChunkHeader.BadEnd(var fault) -> throw fault;
                    case ChunkHeader.GivenUp(var reason) -> throw givenUp(reason.orElse("it said no reason"));
                }
            }
            var sha256 = behind.finish();
            compare(data, received, sha256, computed);
            answer();
            return new Downloaded(received, sha256, seconds(), data.modified(), data.etag());
        } catch (IOException | FaultException failure) {
            // What is still on the way would be read as replies: a download is only stopped by closing.
            wire.close();
            throw failure;
        }
    }

    private void take(int bytes, WriteBehind behind) throws IOException {
        for (int left = bytes; left > 0; ) {
            if (watch.stopped()) {
                throw Fault.STOPPED.because("interrupted");
            }
            var chunk = behind.take();
            int count = Math.min(left, Chunk.PAYLOAD);
            wire.readFully(chunk.bytes(), chunk.offset(), count);
            chunk.length(count);
            behind.put(chunk);
            left -= count;
        }
    }

    private FaultException givenUp(String reason) throws IOException {
        return wire.readReply() instanceof Reply.Err refused
                ? refused.fault()
                : Fault.INTERNAL.because("the server gave up sending " + path + ": " + reason);
    }

    private void compare(Reply.Data data, long received, Sha256 sha256, Optional<Sha256> computed) {
        if (received != data.size()) {
            throw Fault.WRONG_SIZE.because(path + " has " + data.size() + " bytes, but " + received + " arrived");
        }
        var theirs = data.sha256()
                .or(() -> computed)
                .orElseThrow(() -> Fault.WRONG_DIGEST.because("the server gave no digest of " + path));
        if (!theirs.equals(sha256)) {
            throw Fault.WRONG_DIGEST
                    .because("what arrived is not what the server has: " + path + "; nothing was kept, fetch it again")
                    .with("expected", theirs.hex())
                    .with("computed", sha256.hex());
        }
    }

    private void answer() throws IOException {
        if (wire.readReply() instanceof Reply.Err refused) {
            throw refused.fault();
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
