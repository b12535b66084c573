package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Content;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.StandardOpenOption;

/** One version of a file, held open twice: pinned, to ask what it is, and as a channel, to read it. */
final class DiskContent implements Content {
    private final VirtualPath path;
    private final Attributes attributes;
    private final boolean readOnly;
    private final Descriptor pinned;
    private final Stat opened;
    private final Entry entry;
    private final FileChannel channel;
    private final ReadBuffers buffers;
    private final StepQueue steps;

    private DiskContent(
            VirtualPath path, Tree tree, boolean readOnly, Descriptor pinned, ReadBuffers buffers, StepQueue steps)
            throws IOException {
        this.path = path;
        this.attributes = tree.attributes();
        this.readOnly = readOnly;
        this.pinned = pinned;
        this.buffers = buffers;
        this.steps = steps;
        this.opened = Entries.checked(path, pinned.stat());
        if (opened.isFolder()) {
            throw Fault.IS_FOLDER.because("\"" + path + "\" is a folder, and a file was wanted");
        }
        this.entry = Entries.of(path.name(), opened, attributes.read(pinned));
        this.channel = FileChannel.open(pinned.path(), StandardOpenOption.READ);
    }

    static DiskContent open(VirtualPath path, Tree tree, boolean readOnly, ReadBuffers buffers, StepQueue steps)
            throws IOException {
        var pinned = tree.pin(path);
        try {
            return new DiskContent(path, tree, readOnly, pinned, buffers, steps);
        } catch (AccessDeniedException denied) {
            pinned.close();
            throw Entries.refusal(path, "the server's own account may not read it");
        } catch (IOException | RuntimeException failure) {
            pinned.close();
            throw failure;
        }
    }

    @Override
    public Entry entry() {
        return entry;
    }

    @Override
    public Future<Buffer> read(long offset, int length) {
        if (offset < 0 || length < 0) {
            return Future.failedFuture(Fault.OUT_OF_RANGE.because("a file has no bytes before its beginning"));
        }
        return steps.run(() -> readNow(offset, length));
    }

    @Override
    public Future<Void> record(Sha256 sha256) {
        if (readOnly || !attributes.kept() || entry.sha256().isPresent()) {
            return Future.succeededFuture();
        }
        return steps.run(() -> recordNow(sha256)).mapEmpty();
    }

    @Override
    public void close() {
        steps.run(this::release);
    }

    private Buffer readNow(long offset, int length) throws IOException {
        int wanted = Math.clamp(opened.size() - offset, 0, length);
        return buffers.read(wanted, bytes -> fill(bytes, offset));
    }

    private void fill(ByteBuffer bytes, long offset) {
        try {
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
                // A read may give less than was asked for.
            }
        } catch (IOException failure) {
            throw Refusals.of(failure, "\"" + path + "\"");
        }
        // Its inode's time of change tells nothing: renaming, replacing or recording a digest change that too.
        if (bytes.hasRemaining() || !pinned.stat().sameContent(opened)) {
            throw Fault.CHANGED.because("\"" + path + "\" was written into while it was read; start it again");
        }
    }

    private boolean recordNow(Sha256 sha256) {
        try {
            var now = Entries.of(path.name(), pinned.stat(), attributes.read(pinned));
            if (now.etag().equals(entry.etag())) {
                attributes.write(
                        pinned,
                        new VersionAttribute(entry.etag().orElseThrow(), sha256, opened.size(), opened.modified()));
            }
            return true;
        } catch (SystemFailure unrecorded) {
            return false;
        }
    }

    /** Each is closed, whatever becomes of the other. */
    private boolean release() throws IOException {
        try (pinned;
                channel) {
            return true;
        }
    }
}
