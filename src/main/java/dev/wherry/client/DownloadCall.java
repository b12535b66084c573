package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** One attempt to fetch a file, or what is still missing of it. */
final class DownloadCall {
    private final Wire wire;
    private final Fetching fetching;
    private final VirtualPath path;
    private final TransferWatch watch;
    private final long started = System.nanoTime();

    DownloadCall(Wire wire, Fetching fetching, TransferWatch watch) {
        this.wire = wire;
        this.fetching = fetching;
        this.path = fetching.path();
        this.watch = watch;
    }

    /**
     * @return what has arrived, verified, and not landed yet
     * @throws FaultException what the server refused; {@link Fault#WRONG_DIGEST} or {@link Fault#WRONG_SIZE} when what
     *     arrived is not what it said; {@link Fault#STOPPED} when the watch stopped it
     */
    Downloaded run() throws IOException {
        var data = begin();
        try {
            return receive(data);
        } catch (IOException | FaultException failure) {
            // What is still on the way would be read as replies: a download is only stopped by closing.
            wire.close();
            throw failure;
        }
    }

    private Reply.Data begin() throws IOException {
        wire.send(fetching.request());
        wire.patience(Wire.ANSWER);
        return switch (wire.readReply()) {
            case Reply.Data data -> data;
            case Reply.Err refused -> throw refused.fault();
            default -> throw new CannotConnectException("the server answered a download with something else");
        };
    }

    /** Takes chunk after chunk, then compares with what the server said of the whole. */
    private Downloaded receive(Reply.Data data) throws IOException {
        if (data.offset() != fetching.received()) {
            throw new CannotConnectException("the server sends another part of " + path + " than was asked for");
        }
        boolean goesOn = data.offset() > 0;
        var behind = fetching.begin(data);
        if (goesOn) {
            watch.resumed(data.offset());
        }
        Optional<Sha256> computed = Optional.empty();
        for (boolean more = true; more; ) {
            switch (ChunkHeader.parse(wire.readLine())) {
                case ChunkHeader.Bytes(int bytes) -> {
                    expect(path, fetching.received() + bytes, data);
                    take(bytes, behind);
                    watch.progressed(fetching.received(), fetching.received());
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
        answer();
        long received = fetching.received();
        if (received != data.size()) {
            throw Fault.WRONG_SIZE.because(path + " has " + data.size() + " bytes, but " + received + " arrived");
        }
        var said = data.sha256().or(theWhole(computed, goesOn));
        var theirs = said.isPresent() || !goesOn ? said : verified();
        var sha256 = behind.finish();
        compare(path, sha256, theirs);
        return new Downloaded(received, sha256, seconds(), data.modified(), data.etag());
    }

    private static Supplier<Optional<Sha256>> theWhole(Optional<Sha256> computed, boolean goesOn) {
        return () -> goesOn ? Optional.empty() : computed;
    }

    /** Nobody has a digest of the whole yet: the server computes it now. */
    private Optional<Sha256> verified() throws IOException {
        wire.send(new Request.Verify(path));
        while (true) {
            switch (wire.readReply()) {
                case Reply.Item _ -> {}
                case Reply.Ok(var facts) -> {
                    return facts.get("computed") instanceof String hex
                            ? Optional.of(new Sha256(hex))
                            : Optional.empty();
                }
                case Reply.Err refused -> throw refused.fault();
                default -> throw new CannotConnectException("the server answered something else than was asked");
            }
        }
    }

    /** What comes beyond the size that was said could go on for ever. */
    static void expect(VirtualPath path, long received, Reply.Data data) {
        if (received > data.size()) {
            throw Fault.WRONG_SIZE.because(path + " has " + data.size() + " bytes, but more of them arrived");
        }
    }

    private void take(int bytes, WriteBehind behind) throws IOException {
        for (int left = bytes; left > 0; ) {
            if (watch.stopped()) {
                throw Fault.STOPPED.because("interrupted");
            }
            var chunk = behind.take();
            int count = Math.min(left, Chunk.PAYLOAD);
            try {
                wire.readFully(chunk.bytes(), chunk.offset(), count);
            } catch (IOException cut) {
                behind.giveBack(chunk);
                throw cut;
            }
            chunk.length(count);
            behind.put(chunk);
            fetching.received(count);
            left -= count;
        }
    }

    private FaultException givenUp(String reason) throws IOException {
        return wire.readReply() instanceof Reply.Err refused
                ? refused.fault()
                : Fault.INTERNAL.because("the server gave up sending " + path + ": " + reason);
    }

    static void compare(VirtualPath path, Sha256 sha256, Optional<Sha256> said) {
        var theirs = said.orElseThrow(() -> Fault.WRONG_DIGEST.because("the server gave no digest of " + path));
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
