package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.storage.backend.UploadId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The folder of unpublished uploads: on the served file system, and visible to no verb. */
record Staging(Descriptor folder) {
    static final byte[] NAME = (ReservedNames.PREFIX + "-staging").getBytes(StandardCharsets.US_ASCII);

    private static final String PART = ".part";
    private static final Pattern PART_NAME = Pattern.compile("([0-9a-f]{32})\\.part");
    private static final int OWNER_ONLY = 0600;

    /** Makes the file for a new upload; there is none by this name, not even a link. */
    Descriptor create(UploadId upload) {
        try {
            return folder.open(name(upload), Flags.O_RDWR | Flags.O_CREAT | Flags.O_EXCL, OWNER_ONLY);
        } catch (SystemFailure failure) {
            throw failure.errno() == Errno.EEXIST
                    ? Fault.EXISTS.because("upload " + upload + " has begun already")
                    : Refusals.of(failure, "upload " + upload);
        }
    }

    /** Opens the file of an upload, if it is still there. */
    Optional<Descriptor> open(UploadId upload) {
        try {
            return Optional.of(folder.open(name(upload), Flags.O_RDWR | Flags.O_NOFOLLOW, 0));
        } catch (SystemFailure failure) {
            if (failure.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw Refusals.of(failure, "upload " + upload);
        }
    }

    /** Cuts off, durably, what lies behind this many bytes. */
    boolean cutBack(UploadId upload, long bytes) throws IOException {
        var part = open(upload);
        if (part.isPresent()) {
            try (var open = part.get();
                    var channel = FileChannel.open(open.path(), StandardOpenOption.WRITE)) {
                channel.truncate(bytes);
                channel.force(true);
            }
        }
        return part.isPresent();
    }

    Optional<Stat> look(UploadId upload) {
        return look(name(upload));
    }

    void remove(UploadId upload) {
        try {
            folder.removeFile(name(upload));
        } catch (SystemFailure failure) {
            if (failure.errno() != Errno.ENOENT) {
                throw failure;
            }
        }
    }

    /** The uploads that nobody touched since. The time of change is asked: that of modification is the sender's. */
    Set<UploadId> untouchedSince(Instant time) {
        var found = new HashSet<UploadId>();
        try (var names = FolderNames.of(folder)) {
            for (var name = names.next(); name.isPresent(); name = names.next()) {
                var upload = upload(name.get());
                var stat = upload.isEmpty() ? Optional.<Stat>empty() : look(name.get());
                stat.filter(part -> !part.changed().isAfter(time)).ifPresent(part -> found.add(upload.get()));
            }
        }
        return found;
    }

    static byte[] name(UploadId upload) {
        return (upload + PART).getBytes(StandardCharsets.US_ASCII);
    }

    private static Optional<UploadId> upload(byte[] name) {
        var match = PART_NAME.matcher(new String(name, StandardCharsets.US_ASCII));
        return match.matches() ? Optional.of(new UploadId(match.group(1))) : Optional.empty();
    }

    private Optional<Stat> look(byte[] name) {
        try {
            return Optional.of(folder.stat(name));
        } catch (SystemFailure failure) {
            if (failure.errno() == Errno.ENOENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
