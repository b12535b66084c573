package dev.wherry.auth;

import static dev.wherry.auth.AuthFixture.PASSWORD;
import static dev.wherry.auth.AuthFixture.done;
import static dev.wherry.auth.AuthFixture.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth.ChangePassword;
import dev.wherry.auth.Auth.Logout;
import dev.wherry.auth.Auth.SessionsEnded;
import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a session lasts, what ends it, and that it has then ended for everybody at once. */
final class SessionsTest {
    private static final String NEW_PASSWORD = "another good one";

    @TempDir
    private Path folder;

    private AuthFixture auth;

    @BeforeEach
    void start() throws Exception {
        auth = new AuthFixture(folder);
    }

    @AfterEach
    void stop() throws Exception {
        auth.stop();
    }

    @Test
    void currentGivesTheSamePrincipalWithTodaysRights() throws Exception {
        auth.add("ann", "/:list,read", "/inbox:write");
        var who = auth.login("ann", PASSWORD).principal();

        var today = done(auth.current(who));

        assertThat(today.account()).isEqualTo("ann");
        assertThat(today.session()).isEqualTo(who.session());
        assertThat(today.may(Right.READ, VirtualPath.parse("/a"))).isTrue();
        assertThat(today.may(Right.READ, VirtualPath.parse("/inbox/a"))).isFalse();
        assertThat(today.rules()).containsExactly("/:list,read", "/inbox:write");
    }

    @Test
    void logoutEndsOneSessionAtOnceAndTellsEveryone() throws Exception {
        var first = auth.login("admin", PASSWORD);
        var second = auth.login("admin", PASSWORD).principal();
        done(auth.current(first.principal()));

        assertThat(done(auth.bus.ask(Auth.LOGOUT, new Logout(first.principal(), false))))
                .isEqualTo(1);

        assertThat(fault(auth.current(first.principal())).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryToken(first.token().orElseThrow())).fault()).isEqualTo(Fault.WRONG_LOGIN);
        assertThat(done(auth.current(second)).session()).isEqualTo(second.session());
        await().untilAsserted(() -> assertThat(auth.ended)
                .containsExactly(
                        new SessionsEnded("admin", List.of(first.principal().session()), "logout")));
        assertThat(auth.events).contains(new AuthEvent.LoggedOut("admin", 1, "logout"));
        assertThat(fault(auth.bus.ask(Auth.LOGOUT, new Logout(first.principal(), false)))
                        .fault())
                .isEqualTo(Fault.SESSION_ENDED);
    }

    @Test
    void aSessionThatNobodyUsesAnyMoreEndsAndIsNoLogout() throws Exception {
        var who = auth.login("admin", PASSWORD).principal();

        assertThat(done(auth.bus.ask(Auth.END_UNUSED, who))).isEqualTo(1);

        assertThat(fault(auth.current(who)).fault()).isEqualTo(Fault.SESSION_ENDED);
        await().untilAsserted(() -> assertThat(auth.events).contains(new AuthEvent.LoggedOut("admin", 1, "unused")));
        assertThat(done(auth.bus.ask(Auth.END_UNUSED, who)))
                .as("it has ended already")
                .isZero();
    }

    @Test
    void logoutOfAllEndsEverySessionAndTokenOfTheAccountAndOfNoOther() throws Exception {
        auth.add("ann");
        var ann = auth.login("ann", PASSWORD).principal();
        var first = auth.login("admin", PASSWORD).principal();
        auth.login("admin", PASSWORD);
        var third = auth.login("admin", PASSWORD);
        done(auth.database.write(handle -> handle.execute(
                "UPDATE session SET kind = 'token' WHERE id = ?",
                third.principal().session())));

        int ended = done(auth.bus.ask(Auth.LOGOUT, new Logout(first, true)));

        assertThat(ended).as("these three, and that with which ann was added").isEqualTo(4);
        assertThat(fault(auth.current(first)).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryToken(third.token().orElseThrow())).fault()).isEqualTo(Fault.WRONG_LOGIN);
        assertThat(done(auth.current(ann)).account()).isEqualTo("ann");
    }

    @Test
    void aSessionEndsWhenItIsNotUsedForTwelveHours() throws Exception {
        var who = auth.admin();
        for (int i = 0; i < 5; i++) {
            auth.clock.pass(Duration.ofHours(12).minusSeconds(1));
            done(auth.current(who));
        }

        auth.clock.pass(Duration.ofHours(12));

        assertThat(fault(auth.current(who)).fault()).isEqualTo(Fault.SESSION_ENDED);
    }

    @Test
    void aSessionEndsAfterThirtyDaysHoweverMuchItIsUsed() throws Exception {
        var who = auth.admin();
        for (int i = 0; i < 59; i++) {
            auth.clock.pass(Duration.ofHours(12).minusSeconds(1));
            done(auth.current(who));
        }
        auth.clock.pass(Duration.ofHours(11));
        done(auth.current(who));

        auth.clock.pass(Duration.ofHours(2));

        assertThat(fault(auth.current(who)).fault()).isEqualTo(Fault.SESSION_ENDED);
    }

    @Test
    void sessionsWhoseTimeIsOverAreSweptAndTold() throws Exception {
        var who = auth.admin();
        auth.clock.pass(Duration.ofHours(13));

        await().untilAsserted(() ->
                assertThat(auth.ended).containsExactly(new SessionsEnded("admin", List.of(who.session()), "expired")));
        assertThat(auth.countSessions()).isZero();
    }

    @Test
    void sessionsAndTheirUseSurviveARestart() throws Exception {
        var session = auth.login("admin", PASSWORD);
        auth.clock.pass(Duration.ofHours(11));
        done(auth.current(session.principal()));

        auth.restart();
        auth.clock.pass(Duration.ofHours(11));

        assertThat(done(auth.current(session.principal())).account()).isEqualTo("admin");
        assertThat(done(auth.tryToken(session.token().orElseThrow()))
                        .principal()
                        .session())
                .isEqualTo(session.principal().session());
    }

    @Test
    void aTokenLivesUntilItsDayWithoutBeingUsed() throws Exception {
        var session = auth.login("admin", PASSWORD);
        done(auth.database.write(handle -> handle.execute("UPDATE session SET kind = 'token', name = 'backup'")));
        auth.restart();
        auth.clock.pass(Duration.ofDays(29));
        assertThat(done(auth.tryToken(session.token().orElseThrow()))
                        .principal()
                        .account())
                .isEqualTo("admin");

        auth.clock.pass(Duration.ofDays(1));

        assertThat(fault(auth.tryToken(session.token().orElseThrow())).fault()).isEqualTo(Fault.WRONG_LOGIN);
    }

    @Test
    void changingThePasswordKeepsThisSessionAndEndsAllOthers() throws Exception {
        var other = auth.login("admin", PASSWORD);
        var mine = auth.admin();

        var still = done(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(mine, PASSWORD, NEW_PASSWORD, false)));

        assertThat(still.session()).isEqualTo(mine.session());
        assertThat(done(auth.current(mine)).account()).isEqualTo("admin");
        assertThat(fault(auth.current(other.principal())).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryLogin("admin", PASSWORD, AuthFixture.HOME)).fault())
                .isEqualTo(Fault.WRONG_LOGIN);
        auth.login("admin", NEW_PASSWORD);
        await().untilAsserted(() -> assertThat(auth.ended)
                .containsExactly(
                        new SessionsEnded("admin", List.of(other.principal().session()), "password-changed")));
        assertThat(auth.events).contains(new AuthEvent.PasswordChanged("admin", "admin"));
        auth.restart();
        assertThat(done(auth.current(mine)).account()).isEqualTo("admin");
    }

    @Test
    void aWrongOldPasswordChangesNothingAndIsSlowedDown() throws Exception {
        var who = auth.admin();
        for (int i = 0; i < 5; i++) {
            assertThat(fault(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(who, "wrong", NEW_PASSWORD, false)))
                            .fault())
                    .isEqualTo(Fault.WRONG_LOGIN);
        }

        assertThat(fault(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(who, PASSWORD, NEW_PASSWORD, false)))
                        .fault())
                .isEqualTo(Fault.LOGIN_TOO_FAST);
        auth.login("admin", PASSWORD);
        assertThat(done(auth.current(who)).account()).isEqualTo("admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven b", "password123", "ADMIN", PASSWORD})
    void aNewPasswordThatMayNotBeIsRefused(String changed) throws Exception {
        var fault =
                fault(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(auth.admin(), PASSWORD, changed, false)));

        assertThat(fault.fault()).isEqualTo(Fault.BAD_PASSWORD);
        assertThat(fault.getMessage() + fault.facts()).doesNotContain(changed.equals("ADMIN") ? "ADMIN" : changed);
        auth.login("admin", PASSWORD);
    }

    @Test
    void rightsThatChangedInTheDatabaseShowOnceSomethingEnds() throws Exception {
        auth.add("ann");
        var who = auth.login("ann", PASSWORD).principal();
        done(auth.bus.ask(Auth.REMOVE_USER, new Auth.RemoveUser(auth.admin(), "ann")));

        assertThat(fault(auth.current(who)).fault()).isEqualTo(Fault.SESSION_ENDED);
        auth.add("ann");
        assertThat(fault(auth.current(who)).fault())
                .as("a new account of the same name")
                .isEqualTo(Fault.SESSION_ENDED);
    }

    @Test
    void onlyDigestsOfTokensAndPasswordsAreStored() throws Exception {
        var session = auth.login("admin", PASSWORD);
        var all = done(auth.database.read(handle -> Stream.of("session", "account", "login_failure")
                .map(table ->
                        handle.createQuery("SELECT * FROM " + table).mapToMap().list())
                .toList()
                .toString()));

        assertThat(all)
                .contains(Secrets.digest(session.token().orElseThrow()), "$argon2id$")
                .doesNotContain(session.token().orElseThrow(), PASSWORD);
    }
}
