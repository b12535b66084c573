package dev.wherry.it;

import dev.wherry.client.Downloaded;
import dev.wherry.client.Landing;
import dev.wherry.path.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A file to be sent, made of random bytes, and what it digests to. */
record Payload(Path file, long size, Sha256 sha256) {
    /** A download goes nowhere: its digest is all that is wanted of it. */
    static final Landing NOWHERE = new Landing() {
        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public void commit(Downloaded whole) {}

        @Override
        public void discard() {}
    };

    static Payload make(Path file, int size, Random random) throws IOException {
        var bytes = bytes(size, random);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return new Payload(file, size, sha256(bytes));
    }

    static byte[] bytes(int size, Random random) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    static Sha256 sha256(byte[] bytes) {
        var digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.of(digest);
    }

    static Sha256 sha256(Path file) {
        var digest = Sha256.digest();
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Sha256.of(digest);
    }
}
