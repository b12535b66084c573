package dev.wherry.client;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Where the bytes of an upload come from. */
public sealed interface Source extends Closeable {
    /** What people call it at this end. */
    String name();

    /** In bytes, as it was when it was opened; empty when nobody knows before the end. */
    OptionalLong size();

    Optional<Instant> modified();

    /** Whether it can be read from where one likes, and again. */
    boolean canPosition();

    /** What is read next begins at this offset; only where that can be. */
    void position(long offset) throws IOException;

    /** How many bytes were read into the array; -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** The same, as fast as it can be read: for what is looked at here, and goes nowhere. */
    default Source unpaced() {
        return this;
    }

    /**
     * Called at the end.
     *
     * @throws FaultException {@link Fault#CHANGED} when it is not any more what it was when it was opened
     */
    void checkUnchanged(long bytesRead) throws IOException;

    /**
     * Opens a file.
     *
     * @throws FaultException {@link Fault#NOT_FOUND}, {@link Fault#IS_FOLDER}, {@link Fault#REFUSED_ENTRY}
     */
    static Source file(Path path) throws IOException {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw Fault.IS_FOLDER.because("is a folder: " + path + " (use -r)");
            }
            if (!attributes.isRegularFile()) {
                throw Fault.REFUSED_ENTRY.because("neither a file nor a folder: " + path);
            }
            return new OfFile(path, attributes, FileChannel.open(path));
        } catch (NoSuchFileException missing) {
            throw Fault.NOT_FOUND.because("no such file: " + path, missing);
        }
    }

    /** A stream of unknown length, such as standard input. */
    static Source stream(String name, InputStream in) {
        return new OfStream(name, in);
    }

    /** A file, with what it looked like at the start. */
    record OfFile(Path path, BasicFileAttributes before, FileChannel channel) implements Source {
        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(before.size());
        }

        @Override
        public Optional<Instant> modified() {
            return Optional.of(before.lastModifiedTime().toInstant());
        }

        @Override
        public boolean canPosition() {
            return true;
        }

        @Override
        public void position(long offset) throws IOException {
            channel.position(offset);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(target, offset, length));
        }

        @Override
        public void checkUnchanged(long bytesRead) throws IOException {
            if (bytesRead != before.size() || !looksAsBefore()) {
                throw Fault.CHANGED.because(
                        "changed while it was sent: " + path + "; nothing was published, send it again");
            }
        }

        private boolean looksAsBefore() throws IOException {
            try {
                var now = Files.readAttributes(path, BasicFileAttributes.class);
                return now.size() == before.size()
                        && now.lastModifiedTime().equals(before.lastModifiedTime())
                        && Objects.equals(now.fileKey(), before.fileKey());
            } catch (NoSuchFileException removed) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** A stream, which is what it is. */
    record OfStream(String name, InputStream in) implements Source {
        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public Optional<Instant> modified() {
            return Optional.empty();
        }

        @Override
        public boolean canPosition() {
            return false;
        }

        @Override
        public void position(long offset) {
            throw new IllegalStateException("a stream cannot be positioned");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void checkUnchanged(long bytesRead) {}

        @Override
        public void close() {}
    }

    /** Another source, read no faster than a pace allows. */
    record Paced(Source source, Pace pace) implements Source {
        @Override
        public Source unpaced() {
            return source;
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public OptionalLong size() {
            return source.size();
        }

        @Override
        public Optional<Instant> modified() {
            return source.modified();
        }

        @Override
        public boolean canPosition() {
            return source.canPosition();
        }

        @Override
        public void position(long offset) throws IOException {
            source.position(offset);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = source.read(target, offset, length);
            if (count > 0) {
                pace.moved(count);
            }
            return count;
        }

        @Override
        public void checkUnchanged(long bytesRead) throws IOException {
            source.checkUnchanged(bytesRead);
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
