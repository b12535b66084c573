package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** A small file on its way from a server; it lands on a thread of its own, so that the next is read meanwhile. */
public final class SmallDownload implements Small {
    /** No memory is given to what only pretends to be small. */
    private static final int MOST = 16 * LARGEST;

    private final VirtualPath path;
    private final Optional<Etag> expected;
    private final Lander lander;
    private final Told<Downloaded> told;
    private long started;

    /** @param lander where it goes when it has arrived whole and was verified */
    public SmallDownload(VirtualPath path, Optional<Etag> expected, Lander lander, Told<Downloaded> told) {
        this.path = path;
        this.expected = expected;
        this.lander = lander;
        this.told = told;
    }

    @Override
    public void write(ByteArrayOutputStream out, Chunk chunk) {
        started = System.nanoTime();
        out.writeBytes(Wire.line(new Request.Download(path, 0, OptionalLong.empty(), expected)));
    }

    @Override
    public void read(Wire wire) throws IOException {
        switch (wire.readReply()) {
            case Reply.Data data -> read(data, wire);
            case Reply.Err refused -> refused(refused.fault());
            default -> throw new CannotConnectException("the server answered a download with something else");
        }
    }

    private void refused(FaultException failure) throws IOException {
        if (Persistent.isPassing(failure, true)) {
            throw new CannotConnectException(String.valueOf(failure.getMessage()), failure);
        }
        told.failed(failure);
    }

    private void read(Reply.Data data, Wire wire) throws IOException {
        if (data.size() > MOST) {
            throw Fault.CHANGED.because(path + " has grown to " + data.size() + " bytes meanwhile; fetch it again");
        }
        // What has grown beyond what was listed is another version, unless none was named: then there is room for it.
        var bytes = new byte[(int) Math.min(data.size(), LARGEST)];
        int length = 0;
        while (true) {
            switch (ChunkHeader.parse(wire.readLine())) {
                case ChunkHeader.Bytes(int count) -> {
                    DownloadCall.expect(path, (long) length + count, data);
                    if (length + count > bytes.length) {
                        bytes = Arrays.copyOf(bytes, Math.addExact(length, count));
                    }
                    wire.readFully(bytes, length, count);
                    length += count;
                }
                case ChunkHeader.KeepAlive _ -> {}
                case ChunkHeader.End(var digest) -> {
                    if (wire.readReply() instanceof Reply.Err refused) {
                        refused(refused.fault());
                    } else {
                        arrived(data, bytes, length, digest);
                    }
                    return;
                }
                case ChunkHeader.BadEnd(var fault) -> throw fault;
                case ChunkHeader.GivenUp _ -> {
                    if (wire.readReply() instanceof Reply.Err refused) {
                        refused(refused.fault());
                        return;
                    }
                    throw new CannotConnectException("the server gave up sending " + path);
                }
            }
        }
    }

    private void arrived(Reply.Data data, byte[] bytes, int length, Optional<Sha256> computed) {
        var digest = Sha256.digest();
        digest.update(bytes, 0, length);
        var sha256 = Sha256.of(digest);
        try {
            if (length != data.size()) {
                throw Fault.WRONG_SIZE.because(path + " has " + data.size() + " bytes, but " + length + " arrived");
            }
            DownloadCall.compare(path, sha256, data.sha256().or(() -> computed));
        } catch (FaultException wrong) {
            told.failed(wrong);
            return;
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        lander.land(bytes, new Downloaded(length, sha256, seconds, data.modified(), data.etag()), told);
    }

    @Override
    public void failed(Exception failure) {
        told.failed(failure);
    }

    /** Lays down what has arrived, and tells of it. */
    public interface Lander {
        /** @param bytes of which the first {@code whole.size()} count */
        void land(byte[] bytes, Downloaded whole, Told<Downloaded> told);
    }
}
