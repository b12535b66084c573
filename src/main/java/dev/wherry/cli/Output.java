package dev.wherry.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers why it could not be written to; others only know that it was so. */
final class Output extends PrintStream {
    /** As the systems say it. */
    private static final String NO_READER = "Broken pipe";

    private static final String FULL = "No space left on device";

    private final Remembering bytes;

    private Output(Remembering bytes, Charset charset) {
        super(new BufferedOutputStream(bytes), true, charset);
        this.bytes = bytes;
    }

    static PrintStream standard() {
        return new Output(new Remembering(new FileOutputStream(FileDescriptor.out)), System.out.charset());
    }

    /** Why what was printed is not whole, if it is not. */
    static Optional<String> trouble(PrintStream out) {
        if (!out.checkError()) {
            return Optional.empty();
        }
        return Optional.of(out instanceof Output output ? output.bytes.reason() : "it takes no more");
    }

    /** Whether whoever read it has gone, as {@code head} does: they had what they wanted. */
    static boolean isUnread(String trouble) {
        return trouble.equals(NO_READER);
    }

    /** Whether it went to a disk that is full. */
    static boolean isFull(String trouble) {
        return trouble.equals(FULL);
    }

    /** Nobody will see what a command would print next; what has become of it is told when the command ends. */
    static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Remembering extends FilterOutputStream {
        private volatile @Nullable String failure;

        Remembering(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            try {
                out.write(source, offset, length);
            } catch (IOException lost) {
                failure = String.valueOf(lost.getMessage());
                throw lost;
            }
        }

        String reason() {
            var known = failure;
            return known == null ? "it is closed" : known;
        }
    }
}
