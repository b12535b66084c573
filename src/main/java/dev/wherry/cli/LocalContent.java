package dev.wherry.cli;

import dev.wherry.client.FileVersion;
import dev.wherry.client.Source;
import dev.wherry.path.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What is to be sent: a file, or a pipe. */
sealed interface LocalContent {
    String name();

    OptionalLong size();

    /** For the question about a name that exists. */
    Existing.Side side();

    /** The digest of a file as it is now; a pipe cannot be read twice. */
    Optional<Sha256> sha256() throws IOException;

    Source open() throws IOException;

    /**
     * @param name as typed
     * @param found as it was when it was found
     */
    record OfFile(Path path, String name, FileVersion found) implements LocalContent {
        private static final int BUFFER = 256 * 1024;

        static OfFile of(Path path, BasicFileAttributes attributes) {
            return new OfFile(path, path.toString(), FileVersion.of(attributes));
        }

        long bytes() {
            return found.size();
        }

        Instant modified() {
            return found.modified().toInstant();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(bytes());
        }

        @Override
        public Existing.Side side() {
            return new Existing.Side(bytes(), Optional.of(modified()));
        }

        @Override
        public Optional<Sha256> sha256() throws IOException {
            return Optional.of(digest(path));
        }

        /** Of the file as it is now. */
        static Sha256 digest(Path path) throws IOException {
            var digest = Sha256.digest();
            var buffer = new byte[BUFFER];
            try (var in = Files.newInputStream(path)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    digest.update(buffer, 0, count);
                }
            }
            return Sha256.of(digest);
        }

        @Override
        public Source open() throws IOException {
            return Source.file(path);
        }
    }

    record OfPipe(InputStream in) implements LocalContent {
        @Override
        public String name() {
            return "-";
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public Existing.Side side() {
            return new Existing.Side(0, Optional.empty());
        }

        @Override
        public Optional<Sha256> sha256() {
            return Optional.empty();
        }

        @Override
        public Source open() {
            return Source.stream("-", in);
        }
    }
}
