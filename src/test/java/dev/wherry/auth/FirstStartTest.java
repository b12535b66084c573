package dev.wherry.auth;

import static dev.wherry.auth.AuthFixture.PASSWORD;
import static dev.wherry.auth.AuthFixture.done;
import static dev.wherry.auth.AuthFixture.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.auth.Auth.ChangePassword;
import dev.wherry.database.DataFolder;
import dev.wherry.database.Database;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the first administrator comes to be, and gets in again when the password is lost. */
@ExtendWith(VertxExtension.class)
final class FirstStartTest {
    @TempDir
    private Path folder;

    @Test
    void theFirstStartMakesAnAdministratorWithAOneTimePasswordAndLaterOnesSayItAgain(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));

        var once = done(FirstStart.ensureAdmin(database, folder, Optional.empty(), Clock.systemUTC()));
        var again = done(FirstStart.ensureAdmin(database, folder, Optional.empty(), Clock.systemUTC()));

        assertThat(once.orElseThrow()).matches("\\w{4}-\\w{4}-\\w{4}");
        assertThat(again).isEqualTo(once);
        var admin = done(database.read(handle -> Accounts.require(handle, "admin")));
        assertThat(admin.mustChangePassword()).isTrue();
        assertThat(admin.administrator()).isTrue();
        assertThat(admin.passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        done(database.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a rather good one", "a rather good one\n", "a rather good one\r\n"})
    void aPresetPasswordNeedNotBeChanged(String content, Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        var file = Files.writeString(folder.resolve("secret"), content);

        assertThat(done(FirstStart.ensureAdmin(database, folder, Optional.of(file), Clock.systemUTC())))
                .isEmpty();

        var admin = done(database.read(handle -> Accounts.require(handle, "admin")));
        assertThat(admin.mustChangePassword()).isFalse();
        assertThat(new Argon2(Argon2.USUAL).matches(admin.passwordHash(), PASSWORD))
                .isTrue();
        done(database.close());
    }

    @Test
    void aPresetPasswordThatMayNotBeStopsTheStartAndNamesTheFile(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        var file = Files.writeString(folder.resolve("secret"), "password\n");

        var refused = fault(FirstStart.ensureAdmin(database, folder, Optional.of(file), Clock.systemUTC()));
        var missing =
                fault(FirstStart.ensureAdmin(database, folder, Optional.of(folder.resolve("none")), Clock.systemUTC()));

        assertThat(refused.fault()).isEqualTo(Fault.BAD_PASSWORD);
        assertThat(refused).hasMessageContaining(file.toString());
        assertThat(missing.fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(done(database.read(Accounts::none))).isTrue();
        done(database.close());
    }

    @Test
    void theNoteIsTheOwnersAloneAndGoesWhenThePasswordIsChanged() throws Exception {
        var auth = new AuthFixture(folder);
        done(auth.database.write(handle -> handle.execute("DELETE FROM account")));
        var once = done(FirstStart.ensureAdmin(auth.database, folder, Optional.empty(), Clock.systemUTC()))
                .orElseThrow();
        assertThat(Files.readAllLines(note())).first().isEqualTo(once);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note())))
                .isEqualTo("rw-------");

        var who = auth.login("admin", once).principal();
        done(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(who, once, PASSWORD, false)));

        assertThat(note()).doesNotExist();
        assertThat(done(FirstStart.ensureAdmin(auth.database, folder, Optional.empty(), Clock.systemUTC())))
                .isEmpty();
        auth.stop();
    }

    @Test
    void aNoteThatIsNotTrueAnyMoreIsNotShownAndGoes() throws Exception {
        var auth = new AuthFixture(folder);
        for (var word : List.of("", "another-password", PASSWORD)) {
            Files.writeString(note(), word + "\n");
            assertThat(done(FirstStart.ensureAdmin(auth.database, folder, Optional.empty(), Clock.systemUTC())))
                    .isEmpty();
            assertThat(note()).doesNotExist();
        }
        auth.stop();
    }

    @Test
    void anAdministratorWhomAnotherResetsIsNotInTheNote() throws Exception {
        var auth = new AuthFixture(folder);
        var other = auth.admin();
        Files.writeString(note(), "of-an-earlier-time\n");
        done(auth.bus.ask(Auth.RESET_USER, new Auth.ResetUser(other, "admin")));
        assertThat(note()).doesNotExist();
        auth.stop();
    }

    /** Killed between the note and the commit, the server leaves a note without an account, never the reverse. */
    @Test
    void theNoteIsThereBeforeTheAccountIs(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        fault(FirstStart.ensureAdmin(new DyingDatabase(database), folder, Optional.empty(), Clock.systemUTC()));
        assertThat(done(database.read(Accounts::none))).isTrue();
        assertThat(note()).exists();
        var lost = Files.readString(note());

        var once = done(FirstStart.ensureAdmin(database, folder, Optional.empty(), Clock.systemUTC()));
        assertThat(Files.readAllLines(note())).first().isEqualTo(once.orElseThrow());
        assertThat(Files.readString(note())).isNotEqualTo(lost);
        done(database.close());
    }

    @Test
    void aNoteWithoutItsAccountGoesWhenAPasswordIsPreset(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        Files.writeString(note(), "admin / of an earlier start");
        var file = Files.writeString(folder.resolve("secret"), PASSWORD);
        done(FirstStart.ensureAdmin(database, folder, Optional.of(file), Clock.systemUTC()));
        assertThat(note()).doesNotExist();
        done(database.close());
    }

    private Path note() {
        return folder.resolve("first-login.txt");
    }

    /** Does its work and commits nothing. */
    private record DyingDatabase(Database database) implements Database {
        @Override
        public <T> Future<T> read(Work<T> work) {
            return database.read(work);
        }

        @Override
        public <T> Future<T> write(Work<T> work) {
            return database.write(handle -> {
                work.with(handle);
                throw Fault.DISK_FAILED.because("as the test wants it");
            });
        }

        @Override
        public Future<Void> close() {
            return database.close();
        }
    }

    @Test
    void aLostPasswordIsResetWhileTheServerIsStopped() throws Exception {
        var auth = new AuthFixture(folder);
        var before = auth.admin();
        done(auth.database.close());

        Files.writeString(note(), "of-an-earlier-time\n");
        var once = AccountReset.reset(folder, "admin");

        auth.reopen();
        assertThat(done(FirstStart.ensureAdmin(auth.database, folder, Optional.empty(), Clock.systemUTC())))
                .as("the next start shows it")
                .contains(once);
        assertThat(fault(auth.current(before)).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryLogin("admin", PASSWORD, AuthFixture.HOME)).fault())
                .isEqualTo(Fault.WRONG_LOGIN);
        assertThat(auth.login("admin", once).principal().mustChangePassword()).isTrue();
        auth.stop();
    }

    @Test
    void aResetSaysWhatStandsInItsWay() throws Exception {
        assertThatThrownBy(() -> AccountReset.reset(folder, "admin"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("--data");
        assertThatThrownBy(() -> AccountReset.reset(folder.resolve("none"), "admin"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("--data");
        var auth = new AuthFixture(folder);
        auth.stop();
        assertThatThrownBy(() -> AccountReset.reset(folder, "nobody")).hasMessageContaining("no account of this name");
        try (var server = DataFolder.open(folder)) {
            assertThat(server.isNew()).isFalse();
            assertThatThrownBy(() -> AccountReset.reset(folder, "admin"))
                    .hasMessageContaining("a server runs on", "stop it first");
        }
        AccountReset.reset(folder, "admin");
    }
}
