package dev.wherry.client;

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

/** A small file on its way to a server: request, content and end mark go at once. */
public final class SmallUpload implements Small {
    private final Opening opening;
    private final VirtualPath path;
    private final Precondition expected;
    private final boolean parents;
    private final Told<Uploaded> told;

    /** Set by the writing thread before the file is handed to the reading one. */
    private int size;

    private @Nullable Sha256 sha256;
    private long started;
    private int attempts;

    /** @param opening called when its turn has come */
    public SmallUpload(Opening opening, VirtualPath path, Precondition expected, boolean parents, Told<Uploaded> told) {
        this.opening = opening;
        this.path = path;
        this.expected = expected;
        this.parents = parents;
        this.told = told;
    }

    @Override
    public void write(ByteArrayOutputStream out, Chunk chunk) throws IOException {
        started = System.nanoTime();
        try (var source = opening.open()) {
            ReadAhead.fill(source, chunk);
            source.checkUnchanged(chunk.length());
            var digest = new RunningDigest();
            digest.update(0, chunk);
            var computed = digest.sha256();
            attempts++;
            size = chunk.length();
            sha256 = computed;
            out.writeBytes(Wire.line(new Request.Upload(
                    path, source.size(), expected, parents, source.modified(), Optional.of(source.name()))));
            if (size > 0) {
                int start = chunk.writeHeader();
                out.write(chunk.bytes(), start, chunk.end() - start);
            }
            out.writeBytes(("0 " + computed + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void read(Wire wire) throws IOException {
        while (true) {
            switch (wire.readReply()) {
                case Reply.Ok(var facts) -> {
                    published(facts);
                    return;
                }
                case Reply.Err refused -> {
                    refused(refused);
                    return;
                }
                case Reply.Send _, Reply.Ack _ -> {}
                default -> throw new CannotConnectException("the server answered an upload with something else");
            }
        }
    }

    private void refused(Reply.Err refused) throws IOException {
        var failure = refused.fault();
        var computed = sha256;
        if (Persistent.isPassing(failure, attempts > 1)) {
            throw new CannotConnectException(String.valueOf(failure.getMessage()), failure);
        }
        if (attempts > 1 && computed != null && UploadCall.isThere(failure, size, computed)) {
            published(failure.facts());
        } else {
            told.failed(failure);
        }
    }

    private void published(Map<String, Object> facts) {
        var computed = sha256;
        if (computed == null) {
            throw new IllegalStateException("answered before it was sent");
        }
        try {
            var entry = UploadCall.published(facts, path.toString(), computed);
            told.done(new Uploaded(size, computed, (System.nanoTime() - started) / 1e9, entry));
        } catch (FaultException another) {
            told.failed(another);
        }
    }

    @Override
    public void failed(Exception failure) {
        told.failed(failure);
    }

    /** Opens the file. */
    public interface Opening {
        Source open() throws IOException;
    }
}
