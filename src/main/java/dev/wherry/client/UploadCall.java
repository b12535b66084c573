package dev.wherry.client;

import dev.wherry.client.ReadAhead.SourceException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.protocol.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One upload. What fits in a chunk goes with its request in one write; what does not waits for the server's word and
 * then flows, while a thread of its own hears what the server says, so that a refusal in the middle ends it at once.
 */
final class UploadCall {
    /** An upload of unknown size has to show a sign of life every 15 seconds. */
    private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How soon it is seen that somebody wants it stopped, while nothing comes. */
    private static final long LOOK_MILLIS = 100;

    /**
     * What ends this process, such as Ctrl-C, ends those as well who write into its pipe; that they have ended may be
     * seen here before it is heard of.
     */
    private static final long PIPE_ENDS_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final byte[] KEEP_ALIVE = {'\n'};

    private final Wire wire;
    private final Sending sending;
    private final Source source;
    private final TransferWatch watch;
    private final long started = System.nanoTime();

    UploadCall(Wire wire, Sending sending, TransferWatch watch) {
        this.wire = wire;
        this.sending = sending;
        this.source = sending.source();
        this.watch = watch;
    }

    /**
     * @throws FaultException what the server refused, or {@link Fault#CHANGED} when the source did
     * @throws UploadCutException when the connection was lost and the server has begun to keep the upload
     */
    Uploaded run() throws IOException {
        var size = source.size();
        return sending.upload().isEmpty() && size.isPresent() && size.getAsLong() <= Chunk.PAYLOAD
                ? inOneWrite()
                : inAStream();
    }

    private Uploaded inOneWrite() throws IOException {
        var chunk = new Chunk();
        try {
            if (source.canPosition()) {
                source.position(0);
            }
            ReadAhead.fill(source, chunk);
        } catch (IOException unreadable) {
            throw new SourceException(source.name(), unreadable);
        }
        source.checkUnchanged(chunk.length());
        var digest = new RunningDigest();
        digest.update(0, chunk);
        var sha256 = digest.sha256();
        var all = new ByteArrayOutputStream(chunk.end() + 512);
        all.writeBytes(Wire.line(sending.request()));
        if (chunk.length() > 0) {
            int start = chunk.writeHeader();
            all.write(chunk.bytes(), start, chunk.end() - start);
        }
        all.writeBytes(endMark(sha256));

        wire.send(all.toByteArray());
        wire.patience(Wire.UPLOAD);
        var listener = new AnswerListener(wire, watch);
        listener.listen();
        try {
            return published(listener.facts(), chunk.length(), sha256);
        } catch (FaultException refused) {
            return published(settled(refused, chunk.length(), sha256), chunk.length(), sha256);
        }
    }

    private Uploaded inAStream() throws IOException {
        if (sending.isUnread()) {
            new Prefix(wire, sending, watch).read();
        }
        wire.send(sending.request());
        wire.patience(Wire.ANSWER);
        var first = wire.readReply();
        return switch (first) {
            case Reply.Send(var upload, var offset) -> from(upload, offset);
            case Reply.Ok(var facts) -> {
                // It was finished before, and its answer lost.
                giveUp("finished already");
                yield finishedBefore(facts);
            }
            case Reply.Err refused -> {
                // The line was an upload's: its data phase must be ended, though nothing is sent in it.
                giveUp("refused");
                yield alreadyThere(refused.fault());
            }
            default -> throw new CannotConnectException("the server answered an upload with something else");
        };
    }

    /** The source may have become another file since: then what was published is not what was asked for. */
    private Uploaded finishedBefore(Map<String, Object> facts) throws IOException {
        var there = RemoteEntry.of(facts);
        boolean isSame = source.size().orElse(there.size()) == there.size();
        if (isSame) {
            var sha256 = sending.sha256(there.size());
            if (there.sha256().orElse(sha256).equals(sha256)) {
                return published(facts, there.size(), sha256);
            }
        }
        throw Fault.CHANGED.because(source.name() + " is not the file any more that this upload has published");
    }

    private Uploaded from(String upload, long offset) throws IOException {
        if (sending.upload().isPresent()) {
            watch.resumed(offset);
        }
        sending.accepted(upload);
        watch.accepted(upload);
        wire.patience(Wire.UPLOAD);
        var listener = new AnswerListener(wire, watch);
        listener.start();
        try (var ahead = new ReadAhead(source, sending.digest(), offset)) {
            long sent = pour(ahead, listener, offset);
            listener.await();
            return published(listener.facts(), sent, ahead.sha256());
        } catch (FaultException | SourceException ended) {
            throw ended;
        } catch (IOException cut) {
            throw cutOff(listener, cut);
        } finally {
            sending.durable(Math.max(sending.durable(), listener.durable()));
        }
    }

    private Uploaded alreadyThere(FaultException refused) throws IOException {
        if (!sending.isRepeated() || source.size().isEmpty()) {
            throw refused;
        }
        long size = source.size().getAsLong();
        var there = RemoteEntry.of(refused.facts());
        if (there.size() != size || there.sha256().isEmpty()) {
            throw refused;
        }
        var sha256 = sending.sha256(size);
        return published(settled(refused, size, sha256), size, sha256);
    }

    /** What an attempt that was cut has published meanwhile is what was wanted. */
    private Map<String, Object> settled(FaultException refused, long size, Sha256 sha256) {
        if (sending.isRepeated() && isThere(refused, size, sha256)) {
            return refused.facts();
        }
        throw refused;
    }

    /** Whether what stands in the way is the very file that was to be sent. */
    static boolean isThere(FaultException refused, long size, Sha256 sha256) {
        var there = RemoteEntry.of(refused.facts());
        return (refused.fault() == Fault.EXISTS || refused.fault() == Fault.CHANGED)
                && there.size() == size
                && there.sha256().equals(Optional.of(sha256));
    }

    /**
     * Sends all from this offset on and the end mark, or less when the server has ended it; answers how far it came.
     */
    private long pour(ReadAhead ahead, AnswerListener listener, long offset) throws IOException {
        long sent = offset;
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
            demandWanted();
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
        long said = System.nanoTime();
        while (!listener.isOver()) {
            demandNotStopped();
            var chunk = ahead.poll(LOOK_MILLIS);
            if (chunk != null) {
                return chunk.length() == 0 ? null : chunk;
            }
            if (source.size().isEmpty() && System.nanoTime() - said > KEEP_ALIVE_NANOS) {
                wire.send(KEEP_ALIVE);
                said = System.nanoTime();
            }
        }
        return null;
    }

    /** A file says by its size that all of it came; of a pipe its end says so, unless it was made to end. */
    private void demandWanted() {
        long ended = System.nanoTime();
        demandNotStopped();
        while (source.size().isEmpty() && System.nanoTime() - ended < PIPE_ENDS_NANOS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            demandNotStopped();
        }
    }

    private void demandNotStopped() {
        if (watch.stopped()) {
            throw Fault.STOPPED.because("interrupted");
        }
    }

    private static byte[] endMark(Sha256 sha256) {
        return ("0 " + sha256 + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void giveUp(String reason) throws IOException {
        wire.send(("! \"" + reason + "\"\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** A server that refuses may close before all has been written to it: what it said counts more than that. */
    private IOException cutOff(AnswerListener listener, IOException cut) throws IOException {
        if (wire.isClosed()) {
            listener.await();
        } else {
            wire.patience(Wire.LAST_WORD);
            listener.await();
        }
        try {
            listener.facts();
        } catch (IOException gone) {
            if (sending.upload().isPresent()) {
                return new UploadCutException(
                        sending.upload().get(), Math.max(sending.durable(), listener.durable()), gone);
            }
            return gone;
        }
        return cut;
    }

    private Uploaded published(Map<String, Object> facts, long size, Sha256 sha256) {
        return new Uploaded(size, sha256, (System.nanoTime() - started) / 1e9, published(facts, source.name(), sha256));
    }

    /** The entry that came of it; both ends have to agree on what it is. */
    static RemoteEntry published(Map<String, Object> facts, String what, Sha256 sha256) {
        var entry = RemoteEntry.of(facts);
        entry.sha256().filter(theirs -> !theirs.equals(sha256)).ifPresent(theirs -> {
            throw Fault.WRONG_DIGEST
                    .because("the server published something else than was sent: " + what)
                    .with("sent", sha256.hex())
                    .with("published", theirs.hex());
        });
        return entry;
    }
}
