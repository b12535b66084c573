package dev.wherry.auth;

import dev.wherry.fault.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file in the data folder with the one-time password of the first administrator, for its owner alone. Its first
 * line is the password and nothing else, as {@code --password-file} wants it.
 */
record FirstLoginNote(Path file) {
    private static final String NAME = "first-login.txt";

    static FirstLoginNote in(Path dataFolder) {
        return new FirstLoginNote(dataFolder.resolve(NAME));
    }

    /** The password, when there is a note that may be read. */
    Optional<String> read() {
        try (var lines = Files.lines(file)) {
            return lines.findFirst();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Replaces what was there, and returns when it would survive a power cut. */
    void write(String oneTimePassword) {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var text = oneTimePassword + "\nis the one-time password of " + FirstStart.ADMIN
                + ", until it is changed at the first login.\n";
        remove();
        try (var note = FileChannel.open(file, options, ownerOnly);
                var folder = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            note.write(StandardCharsets.UTF_8.encode(text));
            note.force(true);
            folder.force(true);
        } catch (IOException failure) {
            throw Fault.DISK_FAILED.because("the first login could not be written to " + file, failure);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw Fault.DISK_FAILED.because(file + " could not be removed; remove it by hand", failure);
        }
    }
}
