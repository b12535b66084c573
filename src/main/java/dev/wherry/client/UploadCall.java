package dev.wherry.client;

import dev.wherry.client.ReadAhead.SourceException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One upload. What fits in a chunk goes with its request in one write; what does not waits for the server's word and
 * then flows, while a thread of its own hears what the server says, so that a refusal in the middle ends it at once.
 */
final class UploadCall {
    /** An upload of unknown size has to show a sign of life every 15 seconds. */
    private static final long KEEP_ALIVE_MILLIS = 5_000;

    private static final byte[] KEEP_ALIVE = {'\n'};

    private final Wire wire;
    private final Source source;
    private final Request.Upload request;
    private final TransferWatch watch;
    private final long started = System.nanoTime();

    UploadCall(
            Wire wire, VirtualPath path, Source source, Precondition expected, boolean parents, TransferWatch watch) {
        this.wire = wire;
        this.source = source;
        this.watch = watch;
        this.request = new Request.Upload(
                path, source.size(), expected, parents, source.modified(), Optional.of(source.name()));
    }

    /**
     * @throws FaultException what the server refused, or {@link Fault#CHANGED} when the source did
     * @throws UploadCutException when the connection was lost and the server has begun to keep the upload
     */
    Uploaded run() throws IOException {
        var size = source.size();
        return size.isPresent() && size.getAsLong() <= Chunk.PAYLOAD ? inOneWrite() : inAStream();
    }

    private Uploaded inOneWrite() throws IOException {
        var chunk = new Chunk();
        try {
            ReadAhead.fill(source, chunk);
        } catch (IOException unreadable) {
            throw new SourceException(source.name(), unreadable);
        }
        source.checkUnchanged(chunk.length());
        var digest = Sha256.digest();
        digest.update(chunk.bytes(), chunk.offset(), chunk.length());
        var sha256 = Sha256.of(digest);
        var all = new ByteArrayOutputStream(chunk.end() + 512);
        all.writeBytes(Wire.line(request));
        if (chunk.length() > 0) {
            int start = chunk.writeHeader();
            all.write(chunk.bytes(), start, chunk.end() - start);
        }
        all.writeBytes(endMark(sha256));

        wire.send(all.toByteArray());
        wire.patience(Wire.PUBLISH);
        var listener = new AnswerListener(wire, watch);
        listener.listen();
        return published(listener.facts(), chunk.length(), sha256);
    }

    private Uploaded inAStream() throws IOException {
        var upload = begin();
        wire.patience(Wire.PUBLISH);
        var listener = new AnswerListener(wire, watch);
        listener.start();
        try (var ahead = new ReadAhead(source)) {
            long sent = pour(ahead, listener);
            listener.await();
            return published(listener.facts(), sent, ahead.sha256());
        } catch (FaultException | SourceException ended) {
            throw ended;
        } catch (IOException cut) {
            throw cutOff(upload, listener, cut);
        }
    }

    /** Asks, and waits for the word to send; answers the upload's id. */
    private String begin() throws IOException {
        wire.send(request);
        wire.patience(Wire.ANSWER);
        return switch (wire.readReply()) {
            case Reply.Send send -> {
                watch.accepted(send.upload());
                yield send.upload();
            }
            case Reply.Err refused -> {
                // The line was an upload's: its data phase must be ended, though nothing is sent in it.
                giveUp("refused");
                throw refused.fault();
            }
            default -> throw new CannotConnectException("the server answered an upload with something else");
        };
    }

    /** Sends all there is and its end mark, or less when the server has ended it; answers how many bytes it sent. */
    private long pour(ReadAhead ahead, AnswerListener listener) throws IOException {
        long sent = 0;
        try {
            for (var chunk = next(ahead, listener); chunk != null; chunk = next(ahead, listener)) {
                int start = chunk.writeHeader();
                wire.send(chunk.bytes(), start, chunk.end() - start);
                sent += chunk.length();
                ahead.recycle(chunk);
            }
            if (listener.isOver()) {
                giveUp("refused");
                return sent;
            }
            source.checkUnchanged(sent);
        } catch (FaultException | SourceException ours) {
            giveUp(ours instanceof FaultException fault ? fault.fault().code() : "unreadable");
            listener.await();
            if (ours instanceof FaultException fault && fault.fault() == Fault.STOPPED) {
                // The server's answer says what it keeps.
                return sent;
            }
            throw ours;
        }
        wire.send(endMark(ahead.sha256()));
        return sent;
    }

    /** The next chunk to send; none at the end of the source, and when the server has ended the upload. */
    private @Nullable Chunk next(ReadAhead ahead, AnswerListener listener) throws IOException {
        while (!listener.isOver()) {
            if (watch.stopped()) {
                throw Fault.STOPPED.because("interrupted");
            }
            var chunk = ahead.poll(KEEP_ALIVE_MILLIS);
            if (chunk != null) {
                return chunk.length() == 0 ? null : chunk;
            }
            if (source.size().isEmpty()) {
                wire.send(KEEP_ALIVE);
            }
        }
        return null;
    }

    private static byte[] endMark(Sha256 sha256) {
        return ("0 " + sha256 + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void giveUp(String reason) throws IOException {
        wire.send(("! \"" + reason + "\"\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** A server that refuses may close before all has been written to it: what it said counts more than that. */
    private static IOException cutOff(String upload, AnswerListener listener, IOException cut) throws IOException {
        listener.await();
        try {
            listener.facts();
        } catch (IOException gone) {
            return new UploadCutException(upload, listener.durable(), gone);
        }
        return cut;
    }

    private Uploaded published(Map<String, Object> facts, long size, Sha256 sha256) {
        var entry = RemoteEntry.of(facts);
        entry.sha256().filter(theirs -> !theirs.equals(sha256)).ifPresent(theirs -> {
            throw Fault.WRONG_DIGEST
                    .because("the server published something else than was sent: " + request.path())
                    .with("sent", sha256.hex())
                    .with("published", theirs.hex());
        });
        return new Uploaded(size, sha256, (System.nanoTime() - started) / 1e9, entry);
    }
}
