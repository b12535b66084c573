package dev.wherry.auth;

import dev.wherry.auth.StoredAccount.Secret;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Makes the first administrator: there is no account that everybody knows the password of. */
public final class FirstStart {
    /** What the first administrator is called. */
    public static final String ADMIN = "admin";

    private FirstStart() {}

    /**
     * Makes {@code admin} where there is no account yet. Done before {@code AuthVerticle} starts.
     *
     * <p>A one-time password lies in a note in the data folder, for its owner alone, before the account is committed,
     * until it is changed: whatever kills the server meanwhile, there is never an administrator whose password nobody
     * can know. A note that is not true goes: an earlier start left it without its account, or the password is another.
     *
     * @param passwordFile with the password, up to a newline at its end; it then need not be changed. Read only when
     *     there is no account yet
     * @return the one-time password, as long as it has to be changed and the note says it; fails with
     *     {@link Fault#BAD_PASSWORD}, or {@link Fault#UNAVAILABLE} when the file cannot be read
     */
    public static Future<Optional<String>> ensureAdmin(
            Database database, Path dataFolder, Optional<Path> passwordFile, Clock clock) {
        return ensureAdmin(database, dataFolder, passwordFile, clock, new Argon2(Argon2.USUAL));
    }

    static Future<Optional<String>> ensureAdmin(
            Database database, Path dataFolder, Optional<Path> passwordFile, Clock clock, Argon2 argon2) {
        var note = FirstLoginNote.in(dataFolder);
        return database.write(handle ->
                Accounts.none(handle) ? make(handle, note, passwordFile, clock, argon2) : noted(handle, note, argon2));
    }

    private static Optional<String> make(
            Handle handle, FirstLoginNote note, Optional<Path> passwordFile, Clock clock, Argon2 argon2) {
        var preset = passwordFile.map(FirstStart::read);
        var password = preset.orElseGet(Secrets::oneTimePassword);
        var secret = new Secret(argon2.hash(password), preset.isEmpty());
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Accounts.insert(handle, StoredAccount.fresh(ADMIN, true, List.of(), secret, now));
        if (preset.isPresent()) {
            note.remove();
            return Optional.empty();
        }
        note.write(password);
        return Optional.of(password);
    }

    /** What an earlier start made and nobody has used yet: whoever starts the server now may not have seen it. */
    private static Optional<String> noted(Handle handle, FirstLoginNote note, Argon2 argon2) {
        var written = note.read();
        if (written.isEmpty()) {
            return written;
        }
        var once = Accounts.named(handle, ADMIN)
                .filter(StoredAccount::mustChangePassword)
                .flatMap(account -> written.filter(password -> argon2.matches(account.passwordHash(), password)));
        if (once.isEmpty()) {
            note.remove();
        }
        return once;
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

    /** Where the one-time password is written down until it is changed. */
    public static Path note(Path dataFolder) {
        return FirstLoginNote.in(dataFolder).file();
    }
}
