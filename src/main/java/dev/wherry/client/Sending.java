package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.Optional;

/**
 * One file on its way to a server, with what is known of it across the connections that it takes. Owned by the thread
 * that sends it.
 */
public final class Sending {
    /** Uploads of known size of at most so many bytes are not kept by a server, and are sent again. */
    static final long NOT_KEPT = 1024 * 1024;

    private final Source source;
    private final Optional<Request.Upload> anew;
    private final Optional<VirtualPath> to;
    private final Optional<Precondition> expected;
    private RunningDigest digest = new RunningDigest();
    private Optional<String> upload = Optional.empty();
    private long durable;
    private boolean isRepeated;

    private Sending(
            Source source, Optional<Request.Upload> anew, Optional<VirtualPath> to, Optional<Precondition> expected) {
        this.source = source;
        this.anew = anew;
        this.to = to;
        this.expected = expected;
    }

    /** @param parents whether missing folders above the path are made */
    public static Sending anew(VirtualPath path, Source source, Precondition expected, boolean parents) {
        var request = new Request.Upload(
                path, source.size(), expected, parents, source.modified(), Optional.of(source.name()));
        return new Sending(source, Optional.of(request), Optional.empty(), Optional.empty());
    }

    /**
     * Goes on with what another process has begun.
     *
     * @param to where it shall be published, if not where it was to be
     * @param expected what may be there, if not what was said before
     */
    public static Sending goingOn(
            String upload, Source source, Optional<VirtualPath> to, Optional<Precondition> expected) {
        var sending = new Sending(source, Optional.empty(), to, expected);
        sending.upload = Optional.of(upload);
        return sending;
    }

    /** The same for another name, or another version there: what the server keeps of it goes on. */
    public Sending under(VirtualPath path, Precondition precondition) {
        var before = anew.orElseThrow();
        var request = new Request.Upload(
                path, before.size(), precondition, before.parents(), before.modified(), before.source());
        var sending = new Sending(source, Optional.of(request), Optional.of(path), Optional.of(precondition));
        sending.digest = digest;
        sending.upload = upload;
        sending.durable = durable;
        return sending;
    }

    Source source() {
        return source;
    }

    RunningDigest digest() {
        return digest;
    }

    /** The id by which the server keeps it, once it does. */
    public Optional<String> upload() {
        return upload;
    }

    /** How much of it would survive a power cut of the server, in bytes, as last heard. */
    public long durable() {
        return durable;
    }

    void durable(long bytes) {
        durable = bytes;
    }

    /** That it was stopped here, with what the server keeps of it, if anything. */
    FaultException stopped() {
        var stopped = Fault.STOPPED.because("interrupted");
        return upload.map(id -> stopped.with("upload", id).with("durable", durable))
                .orElse(stopped);
    }

    void accepted(String id) {
        var size = source.size();
        if (size.isEmpty() || size.getAsLong() > NOT_KEPT) {
            upload = Optional.of(id);
        }
    }

    /** What to ask the server for now. */
    Request request() {
        return upload.<Request>map(id -> new Request.Resume(id, source.size(), source.modified(), to, expected))
                .orElseGet(this::whole);
    }

    private Request.Upload whole() {
        return anew.orElseThrow();
    }

    /** Whether it goes on with what nobody here has read yet, so that its digest lacks all that was sent. */
    boolean isUnread() {
        return upload.isPresent() && digest.hashed() == 0 && source.canPosition();
    }

    /** Whether another command has begun it. */
    boolean isOfBefore() {
        return anew.isEmpty();
    }

    /** Whether an earlier attempt may have come further than anybody has said. */
    boolean isRepeated() {
        return isRepeated;
    }

    /** Whether what was asked for last may be what an earlier attempt has left. */
    boolean goesOn() {
        return isRepeated || to.isPresent();
    }

    void repeated() {
        isRepeated = true;
    }

    /** Whether all of it can go once more. */
    boolean canStartOver() {
        return anew.isPresent() && source.canPosition();
    }

    void startOver() {
        upload = Optional.empty();
        durable = 0;
        digest = new RunningDigest();
    }

    /** Of the whole source, of which what nobody has read yet is read now. */
    Sha256 sha256(long size) throws IOException {
        if (source.canPosition()) {
            digest.readTo(size, source, new Chunk(), () -> false);
        }
        return digest.sha256();
    }
}
