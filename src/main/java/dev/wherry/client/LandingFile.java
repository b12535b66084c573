package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A local file, written under a hidden name beside its place, and moved there when it is whole and verified. So the
 * name holds what it held, or all of the new file.
 */
public final class LandingFile implements Landing {
    private static final String SUFFIX = ".wherry-part";

    /** Leaves room, in a name of at most 255 bytes, for what is put around it; a character has up to four. */
    private static final int KEPT_OF_NAME = 50;

    private final Path target;
    private final boolean replace;
    /** What alone may be replaced; empty where anything may. */
    private final Optional<FileVersion> seen;

    private final Path part;
    private final boolean sync;
    private final FileChannel channel;

    private LandingFile(
            Path target, boolean replace, Optional<FileVersion> seen, boolean sync, Path part, FileChannel channel) {
        this.target = target;
        this.replace = replace;
        this.seen = seen;
        this.sync = sync;
        this.part = part;
        this.channel = channel;
    }

    /**
     * Opens the part beside the target.
     *
     * @param replace whether a file that has the name may be replaced
     * @param sync whether it is to survive a power cut of this machine before it has its name
     * @throws FaultException {@link Fault#NO_FOLDER} when there is no folder to put it in
     * @throws FileSystemException when there can be no such file, with the target's name
     */
    public static LandingFile open(Path target, boolean replace, boolean sync) throws IOException {
        return open(target, replace, Optional.empty(), sync);
    }

    /**
     * The same where the file is to be replaced that somebody has seen; at the end {@link Fault#CHANGED} when another
     * has its name by then.
     */
    public static LandingFile open(Path target, FileVersion seen, boolean sync) throws IOException {
        return open(target, true, Optional.of(seen), sync);
    }

    private static LandingFile open(Path target, boolean replace, Optional<FileVersion> seen, boolean sync)
            throws IOException {
        var name = String.valueOf(target.getFileName());
        var kept = name.substring(
                0, name.offsetByCodePoints(0, Math.min(KEPT_OF_NAME, name.codePointCount(0, name.length()))));
        var mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        var part = target.resolveSibling("." + kept + "." + mark + SUFFIX);
        try {
            return new LandingFile(
                    target,
                    replace,
                    seen,
                    sync,
                    part,
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (NoSuchFileException missing) {
            var folder = target.toAbsolutePath().resolveSibling(".").normalize();
            if (Files.isDirectory(folder)) {
                throw about(target, "no file can be made in this folder", missing);
            }
            throw Fault.NO_FOLDER.because("no such folder: " + folder, missing);
        } catch (AccessDeniedException denied) {
            throw about(target, "this user may write no file in this folder", denied);
        } catch (FileSystemException impossible) {
            throw about(target, String.valueOf(impossible.getReason()), impossible);
        }
    }

    /** The part is nothing that anybody has asked for. */
    private static FileSystemException about(Path target, String reason, FileSystemException cause) {
        var failure = new FileSystemException(target.toString(), null, reason);
        failure.initCause(cause);
        return failure;
    }

    /** The same where nobody has asked for more than files usually are given: the system writes in its own time. */
    public static LandingFile open(Path target, boolean replace) throws IOException {
        return open(target, replace, false);
    }

    @Override
    public void restart() throws IOException {
        channel.truncate(0);
        channel.position(0);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void commit(Downloaded whole) throws IOException {
        Files.setLastModifiedTime(part, FileTime.from(whole.modified()));
        if (sync) {
            channel.force(true);
        }
        channel.close();
        if (seen.isPresent() && !seen.get().isStillAt(target)) {
            throw Fault.CHANGED.because(
                    "changed here meanwhile: " + target + "; it stays as it is now, look at it again");
        }
        if (replace) {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            moveWhereNothingIs();
        }
        if (sync) {
            syncName();
        }
    }

    private void moveWhereNothingIs() throws IOException {
        try {
            link();
        } catch (FileAlreadyExistsException appeared) {
            throw Fault.EXISTS.because("already exists: " + target + "; it appeared while it was fetched", appeared);
        }
    }

    /** A link fails where something has the name; moving looks first, and replaces what appears after that look. */
    private void link() throws IOException {
        try {
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException appeared) {
            throw appeared;
        } catch (FileSystemException | UnsupportedOperationException noLinksHere) {
            Files.move(part, target);
            return;
        }
        Files.delete(part);
    }

    /** The bytes are safe already; without this a power cut could leave them under the name of the part. */
    private void syncName() throws IOException {
        try (var folder = FileChannel.open(target.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (AccessDeniedException unknown) {
            // Windows opens no folder, and keeps names safe by itself; elsewhere it may be written but not read.
        }
    }

    @Override
    public void discard() {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            // The failure that led here is the one worth telling.
        }
    }
}
