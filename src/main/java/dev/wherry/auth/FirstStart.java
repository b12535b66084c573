package dev.wherry.auth;

import dev.wherry.auth.StoredAccount.Secret;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes the first administrator: there is no account that everybody knows the password of. */
public final class FirstStart {
    /** What the first administrator is called. */
    public static final String ADMIN = "admin";

    private static final String NOTE = "first-login.txt";

    private FirstStart() {}

    /**
     * Makes {@code admin} where there is no account yet. Done before {@code AuthVerticle} starts.
     *
     * <p>A one-time password lies in a note in the data folder, for its owner alone, before the account is committed,
     * until it is changed: whatever kills the server meanwhile, there is never an administrator whose password nobody
     * can know. A note that an earlier start left without its account goes.
     *
     * @param passwordFile with the password, up to a newline at its end; it then need not be changed. Read only when
     *     there is no account yet
     * @return the one-time password when one was made; fails with {@link Fault#BAD_PASSWORD}, or
     *     {@link Fault#UNAVAILABLE} when the file cannot be read
     */
    public static Future<Optional<String>> ensureAdmin(
            Database database, Path dataFolder, Optional<Path> passwordFile, Clock clock) {
        return ensureAdmin(database, dataFolder, passwordFile, clock, new Argon2(Argon2.USUAL));
    }

    static Future<Optional<String>> ensureAdmin(
            Database database, Path dataFolder, Optional<Path> passwordFile, Clock clock, Argon2 argon2) {
        return database.write(handle -> {
            if (!Accounts.none(handle)) {
                return Optional.empty();
            }
            var preset = passwordFile.map(FirstStart::read);
            var password = preset.orElseGet(Secrets::oneTimePassword);
            Accounts.insert(
                    handle,
                    StoredAccount.fresh(
                            ADMIN,
                            true,
                            List.of(),
                            new Secret(argon2.hash(password), preset.isEmpty()),
                            clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            if (preset.isPresent()) {
                removeNote(dataFolder);
                return Optional.empty();
            }
            writeNote(dataFolder, password);
            return Optional.of(password);
        });
    }

    private static String read(Path file) {
        try {
            var password = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
            PasswordRules.check(ADMIN, password);
            return password;
        } catch (IOException failure) {
            throw Fault.UNAVAILABLE
                    .because("the administrator's password cannot be read from " + file + ": " + failure, failure)
                    .with("file", file.toString());
        } catch (FaultException bad) {
            throw bad.fault()
                    .because(bad.getMessage() + " (it came from " + file + ")")
                    .with("file", file.toString());
        }
    }

    /** Where only the owner of the data folder can read it. */
    private static void writeNote(Path dataFolder, String oneTimePassword) {
        var note = note(dataFolder);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        removeNote(dataFolder);
        try (var file = FileChannel.open(note, options, ownerOnly);
                var folder = FileChannel.open(dataFolder, StandardOpenOption.READ)) {
            file.write(StandardCharsets.UTF_8.encode(ADMIN + " / " + oneTimePassword + "\n"));
            file.force(true);
            folder.force(true);
        } catch (IOException failure) {
            throw Fault.DISK_FAILED.because("the first login could not be written to " + note, failure);
        }
    }

    private static void removeNote(Path dataFolder) {
        try {
            Files.deleteIfExists(note(dataFolder));
        } catch (IOException failure) {
            throw Fault.DISK_FAILED.because(note(dataFolder) + " could not be removed; remove it by hand", failure);
        }
    }

    /** Where the one-time password is written down until it is changed. */
    public static Path note(Path dataFolder) {
        return dataFolder.resolve(NOTE);
    }
}
