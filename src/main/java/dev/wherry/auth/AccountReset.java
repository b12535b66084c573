package dev.wherry.auth;

import dev.wherry.database.DataFolder;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code wherry user reset NAME --data DIR}: for whoever owns the server and lost the password. */
public final class AccountReset {
    private AccountReset() {}

    /**
     * Gives an account a one-time password and ends its sessions, while no server runs. That of the first administrator
     * is noted, so that the next start shows it. Blocks.
     *
     * @return the one-time password
     * @throws FaultException {@link Fault#NOT_FOUND} when there is no such account or no database,
     *     {@link Fault#UNAVAILABLE} when a server has the data folder
     */
    public static String reset(Path dataFolder, String name) {
        var password = Secrets.oneTimePassword();
        if (!Files.isDirectory(dataFolder)) {
            throw noDatabase(dataFolder);
        }
        try (var data = DataFolder.open(dataFolder)) {
            if (!Files.exists(data.database())) {
                throw noDatabase(dataFolder);
            }
            return SqliteDatabase.once(data.database(), handle -> {
                var account = Accounts.require(handle, name);
                UserAdministration.overwrite(handle, account, new Argon2(Argon2.USUAL).hash(password));
                if (FirstStart.ADMIN.equals(name)) {
                    FirstLoginNote.in(data.path()).write(password);
                }
                return password;
            });
        } catch (FaultException fault) {
            throw fault.facts().containsKey(DataFolder.HOLDER) ? running(dataFolder, name, fault) : fault;
        } catch (Exception failure) {
            throw Fault.DISK_FAILED.because("the account could not be reset: " + failure, failure);
        }
    }

    private static FaultException running(Path dataFolder, String name, FaultException held) {
        return Fault.UNAVAILABLE.because(
                "a server runs on " + dataFolder + " (process " + held.facts().get(DataFolder.HOLDER)
                        + "); stop it first, or have another administrator run it without --data: wherry user reset "
                        + name,
                held);
    }

    private static FaultException noDatabase(Path dataFolder) {
        return Fault.NOT_FOUND
                .because("there is no database in " + dataFolder + "; name the data folder of the server with --data")
                .with("folder", dataFolder.toString());
    }
}
