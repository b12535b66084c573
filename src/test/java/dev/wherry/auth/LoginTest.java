package dev.wherry.auth;

import static dev.wherry.auth.AuthFixture.ELSEWHERE;
import static dev.wherry.auth.AuthFixture.HOME;
import static dev.wherry.auth.AuthFixture.PASSWORD;
import static dev.wherry.auth.AuthFixture.done;
import static dev.wherry.auth.AuthFixture.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth.Session;
import dev.wherry.bus.Address;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import io.vertx.ext.auth.authorization.AuthorizationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logging in: who gets in, what those who do not are told, and how fast they may try again. */
final class LoginTest {
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
    void theRightPasswordGivesASessionWithRightsAndAToken() throws Exception {
        var session = auth.login("admin", PASSWORD);

        assertThat(session.principal().account()).isEqualTo("admin");
        assertThat(session.principal().mustChangePassword()).isFalse();
        assertThat(session.token().orElseThrow()).matches("[A-Za-z0-9_-]{43}");
        assertThat(session.expires()).contains(auth.clock.instant().plus(Duration.ofDays(30)));
        assertThat(session.rights()).containsExactly("/:list,read,write,delete,share,administer");
        assertThat(session.principal().may(Right.ADMINISTER, VirtualPath.ROOT)).isTrue();
    }

    @Test
    void theTokenLogsInToTheSameSessionAgain() throws Exception {
        var session = auth.login("admin", PASSWORD);

        var again = done(auth.tryToken(session.token().orElseThrow()));

        assertThat(again.principal().session()).isEqualTo(session.principal().session());
        assertThat(again.token()).isEmpty();
        assertThat(again.expires()).isEqualTo(session.expires());
    }

    @Test
    void aPasswordComposedOtherwiseIsTheSame() throws Exception {
        auth.add("Zo\u00eb");
        done(auth.bus.ask(
                Auth.CHANGE_PASSWORD,
                new Auth.ChangePassword(
                        auth.login("Zo\u00eb", PASSWORD).principal(), PASSWORD, "cr\u00e8me br\u00fbl\u00e9e", false)));

        assertThat(auth.login("Zoe\u0308", "cre\u0300me bru\u0302le\u0301e")
                        .principal()
                        .account())
                .isEqualTo("Zo\u00eb");
    }

    @ParameterizedTest
    @CsvSource({
        "admin, wrong one",
        "nobody, wrong one",
        "nobody, a rather good one",
        "Admin, a rather good one",
        "admin, ''",
        "'', a rather good one",
        "'ad\u0007min', a rather good one"
    })
    void whateverIsWrongIsToldInTheSameWordsAndCostsOneHash(String user, String password) throws Exception {
        long before = auth.argon2.computed();

        var fault = fault(auth.tryLogin(user, password, HOME));

        assertThat(fault.fault()).isEqualTo(Fault.WRONG_LOGIN);
        assertThat(fault).hasMessage("wrong user name or password");
        assertThat(fault.facts()).isEmpty();
        assertThat(auth.argon2.computed() - before).isEqualTo(1);
    }

    @Test
    void knownAndUnknownUsersCostTheSameNumberOfHashes() throws Exception {
        long start = auth.argon2.computed();
        for (int i = 0; i < 4; i++) {
            fault(auth.tryLogin("admin", "wrong " + i, HOME));
        }
        long known = auth.argon2.computed() - start;
        for (int i = 0; i < 4; i++) {
            fault(auth.tryLogin("nobody", "wrong " + i, HOME));
        }

        assertThat(known).isEqualTo(4);
        assertThat(auth.argon2.computed() - start - known).isEqualTo(known);
    }

    @Test
    void aDisabledAccountLooksLikeAWrongLogin() throws Exception {
        auth.add("ann");
        var before = auth.login("ann", PASSWORD).principal();
        done(auth.database.write(handle -> handle.execute("UPDATE account SET disabled = TRUE WHERE name = 'ann'")));

        assertThat(fault(auth.tryLogin("ann", PASSWORD, HOME))).hasMessage("wrong user name or password");
        auth.restart();
        assertThat(fault(auth.current(before)).fault()).isEqualTo(Fault.SESSION_ENDED);
    }

    @Test
    void aFailureIsNoDelayUntilThereAreFiveAndThenItDoubles() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(fault(auth.tryLogin("admin", "wrong", HOME)).fault()).isEqualTo(Fault.WRONG_LOGIN);
        }
        for (long delay = 1; delay <= 512; delay *= 2) {
            long expected = Math.min(delay, 300);
            long hashes = auth.argon2.computed();
            var refused = fault(auth.tryLogin("admin", PASSWORD, HOME));
            assertThat(refused.fault()).isEqualTo(Fault.LOGIN_TOO_FAST);
            assertThat(refused.facts()).containsEntry("retryAfterSeconds", expected);
            assertThat(auth.argon2.computed()).as("refused without hashing").isEqualTo(hashes);

            auth.clock.pass(Duration.ofSeconds(expected));
            assertThat(fault(auth.tryLogin("admin", "wrong", HOME)).fault()).isEqualTo(Fault.WRONG_LOGIN);
        }
        auth.clock.pass(Duration.ofMinutes(5));
        auth.login("admin", PASSWORD);
    }

    @Test
    void theOwnerIsNotHeldUpOnAnotherNetworkAndStartsAnewAfterSuccess() throws Exception {
        failFiveTimes("admin");

        assertThat(done(auth.tryLogin("admin", PASSWORD, ELSEWHERE)).principal().account())
                .isEqualTo("admin");
        assertThat(fault(auth.tryLogin("admin", PASSWORD, "192.0.2.200")).fault())
                .as("a neighbour of the attacker")
                .isEqualTo(Fault.LOGIN_TOO_FAST);
        auth.clock.pass(Duration.ofSeconds(1));
        auth.login("admin", PASSWORD);
        assertThat(fault(auth.tryLogin("admin", "wrong", HOME)).fault()).isEqualTo(Fault.WRONG_LOGIN);
        auth.login("admin", PASSWORD);
    }

    private void failFiveTimes(String user) throws Exception {
        for (int i = 0; i < 5; i++) {
            fault(auth.tryLogin(user, "wrong", HOME));
        }
    }

    @Test
    void delaysAreKeptAcrossARestart() throws Exception {
        failFiveTimes("admin");

        auth.restart();

        assertThat(fault(auth.tryLogin("admin", PASSWORD, HOME)).fault()).isEqualTo(Fault.LOGIN_TOO_FAST);
    }

    @Test
    void onePeerThatTriesManyAccountsIsSlowedDownAsAWhole() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(fault(auth.tryLogin("user " + i, "wrong", HOME)).fault()).isEqualTo(Fault.WRONG_LOGIN);
        }

        assertThat(fault(auth.tryLogin("somebody else", "wrong", HOME)).fault()).isEqualTo(Fault.LOGIN_TOO_FAST);
        assertThat(fault(auth.tryToken("no such token")).fault()).isEqualTo(Fault.WRONG_LOGIN);
        done(auth.tryLogin("admin", PASSWORD, "192.0.2.8"));
        auth.clock.pass(Duration.ofMinutes(2));
        auth.login("admin", PASSWORD);
    }

    @Test
    void ofManyGuessesAtOnceOnlyTheFirstFewAreTried() throws Exception {
        long before = auth.argon2.computed();
        var guesses = new ArrayList<Future<Session>>();
        for (int i = 0; i < 40; i++) {
            guesses.add(auth.tryLogin("admin", "guess " + i, HOME));
        }
        var faults = new ArrayList<Fault>();
        for (var guess : guesses) {
            faults.add(fault(guess).fault());
        }

        assertThat(faults).contains(Fault.LOGIN_TOO_FAST);
        assertThat(auth.argon2.computed() - before)
                .as("the second worker had begun one")
                .isBetween(5L, 6L);
    }

    @Test
    void aSessionThatNobodyWaitsForIsEnded() throws Exception {
        var login = new Auth.Login(new Auth.Proof.Password("admin", PASSWORD), HOME, "console");
        var impatient = Address.<Auth.Login, Session>within(Auth.LOGIN.name(), Duration.ofMillis(1));
        // The answer may be quicker than a millisecond; then there is one session that somebody has.
        int kept = 0;
        for (int i = 0; i < 20; i++) {
            kept += done(auth.bus
                    .ask(impatient, login)
                    .transform(result -> Future.succeededFuture(result.succeeded() ? 1 : 0)));
        }
        int expected = kept;

        await().untilAsserted(() -> assertThat(auth.countSessions()).isEqualTo(expected));
    }

    @Test
    void vertxCredentialsLeadToTheSamePrincipal() throws Exception {
        var provider = new WherryAuthentication(auth.bus, HOME, "web");

        var user = done(provider.authenticate(new UsernamePasswordCredentials("admin", PASSWORD)));
        var who = Principal.of(user);

        assertThat(user.subject()).isEqualTo("admin");
        assertThat(who.account()).isEqualTo("admin");
        assertThat(done(auth.current(who)).session()).isEqualTo(who.session());
        assertThat(new PathRight(Right.WRITE, VirtualPath.parse("/a"), PathRight.Reach.ITSELF)
                        .match(AuthorizationContext.create(user)))
                .isTrue();
        var token = auth.login("admin", PASSWORD).token().orElseThrow();
        assertThat(Principal.of(done(provider.authenticate(new TokenCredentials(token))))
                        .account())
                .isEqualTo("admin");
        assertThat(fault(provider.authenticate(new UsernamePasswordCredentials("admin", "wrong")))
                        .fault())
                .isEqualTo(Fault.WRONG_LOGIN);
        assertThat(fault(provider.authenticate(new TokenCredentials("wrong"))).fault())
                .isEqualTo(Fault.WRONG_LOGIN);
    }

    @Test
    void aHashWithOldParametersIsRenewedAtTheNextLogin() throws Exception {
        var old = new Argon2(new Argon2.Cost(32, 1, 1)).hash(PASSWORD);
        done(auth.database.write(handle -> handle.execute("UPDATE account SET password_hash = ?", old)));

        auth.login("admin", PASSWORD);

        var stored = done(auth.database.read(handle -> handle.createQuery("SELECT password_hash FROM account")
                .mapTo(String.class)
                .one()));
        assertThat(stored).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        auth.login("admin", PASSWORD);
    }

    @Test
    void moreThanTheQueueHoldsAreToldWhenToComeBack() throws Exception {
        auth.stop();
        auth = new AuthFixture(folder, AuthFixture.limits(3), new Argon2.Cost(4 * 1024, 2, 1));
        var logins = new ArrayList<Future<Session>>();
        for (int i = 0; i < 60; i++) {
            logins.add(auth.tryLogin("admin", PASSWORD, HOME));
        }
        var outcomes = new ArrayList<String>();
        for (var login : logins) {
            outcomes.add(done(login.map("in").otherwise(failure -> {
                var fault = (FaultException) failure;
                assertThat((long) fault.facts().getOrDefault("retryAfterSeconds", 0L))
                        .isPositive();
                return fault.fault().code();
            })));
        }

        assertThat(outcomes).containsOnly("in", "too-many");
        assertThat(outcomes.stream().filter("in"::equals)).hasSizeGreaterThanOrEqualTo(5);
        auth.login("admin", PASSWORD);
    }

    @Test
    void everyLoginIsAnEventAndNoneHoldsASecret() throws Exception {
        var session = auth.login("admin", PASSWORD);
        fault(auth.tryLogin("admin", "hunter2 hunter2", HOME));
        fault(auth.tryLogin("x".repeat(10_000), "hunter2 hunter2", ELSEWHERE));

        assertThat(auth.events)
                .containsSubsequence(List.of(
                        new AuthEvent.LoginSucceeded("admin", HOME, "console"),
                        new AuthEvent.LoginFailed("admin", HOME, "console", "wrong-login"),
                        new AuthEvent.LoginFailed("x".repeat(64) + "…", ELSEWHERE, "console", "wrong-login")));
        assertThat(auth.events)
                .allSatisfy(event -> assertThat(event.facts().encode() + event)
                        .doesNotContain(PASSWORD, "hunter2", session.token().orElseThrow()));
    }
}
