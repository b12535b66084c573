package dev.wherry.auth;

import static dev.wherry.auth.AuthFixture.PASSWORD;
import static dev.wherry.auth.AuthFixture.done;
import static dev.wherry.auth.AuthFixture.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth.ChangePassword;
import dev.wherry.auth.Auth.CreateToken;
import dev.wherry.auth.Auth.NewToken;
import dev.wherry.auth.Auth.RevokeToken;
import dev.wherry.auth.Auth.SessionsEnded;
import dev.wherry.auth.Auth.SetRights;
import dev.wherry.auth.Auth.Token;
import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named tokens: made, used, listed, revoked; never more than their account. */
final class TokensTest {
    private static final String NEW_PASSWORD = "another quite good one";

    @TempDir
    private Path folder;

    private AuthFixture auth;
    private Principal ann;

    @BeforeEach
    void start() throws Exception {
        auth = new AuthFixture(folder);
        auth.add("ann", "/:list,read", "/team:list,read,write");
        ann = auth.login("ann", PASSWORD).principal();
    }

    @AfterEach
    void stop() throws Exception {
        auth.stop();
    }

    private Future<NewToken> create(Principal who, String name, Optional<Instant> expires, String... rules) {
        return auth.bus.ask(Auth.CREATE_TOKEN, new CreateToken(who, name, expires, List.of(rules)));
    }

    private NewToken created(String name, String... rules) throws Exception {
        return done(create(ann, name, Optional.empty(), rules));
    }

    private Principal enter(NewToken token) throws Exception {
        return done(auth.tryToken(token.text())).principal();
    }

    private Future<Token> revoke(Principal who, String name) {
        return auth.bus.ask(Auth.REVOKE_TOKEN, new RevokeToken(who, name));
    }

    private List<Token> list(Principal who) throws Exception {
        return done(auth.bus.ask(Auth.LIST_TOKENS, who));
    }

    private static VirtualPath path(String path) {
        return VirtualPath.parse(path);
    }

    @Test
    void aTokenComesInAsItsAccountUntilItIsRevoked() throws Exception {
        var made = created("backup");

        assertThat(made.text()).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.toString()).doesNotContain(made.text());
        assertThat(made.token())
                .isEqualTo(new Token(
                        "backup",
                        auth.clock.instant(),
                        Optional.empty(),
                        List.of("/:list,read", "/team:list,read,write")));
        var session = done(auth.tryToken(made.text()));
        assertThat(session.principal().account()).isEqualTo("ann");
        assertThat(session.expires()).isEmpty();
        assertThat(session.token()).isEmpty();
        auth.clock.pass(Duration.ofDays(3_000));
        assertThat(done(auth.current(session.principal())).account()).isEqualTo("ann");

        ann = auth.login("ann", PASSWORD).principal();
        done(revoke(ann, "backup"));

        assertThat(fault(auth.tryToken(made.text())).fault()).isEqualTo(Fault.WRONG_LOGIN);
        assertThat(fault(auth.current(session.principal())).fault()).isEqualTo(Fault.SESSION_ENDED);
        await().untilAsserted(() -> assertThat(auth.ended)
                .contains(new SessionsEnded("ann", List.of(session.principal().session()), "token-revoked")));
        assertThat(auth.events)
                .contains(new AuthEvent.TokenCreated("ann", "backup"), new AuthEvent.TokenRevoked("ann", "backup"));
        assertThat(done(auth.current(ann)).account()).as("the owner's session").isEqualTo("ann");
    }

    @Test
    void aTokenMayDoNoMoreThanItIsGivenNorThanItsAccount() throws Exception {
        var made = created("upload", "/team/drop:write,delete", "/team:list");

        assertThat(made.token().rules()).containsExactly("/:none", "/team:list", "/team/drop:write");
        var who = enter(made);
        assertThat(who.may(Right.WRITE, path("/team/drop/a"))).isTrue();
        assertThat(who.may(Right.DELETE, path("/team/drop/a"))).as("not ann's").isFalse();
        assertThat(who.may(Right.READ, path("/team/a"))).as("not the token's").isFalse();
        assertThat(who.may(Right.LIST, path("/"))).isFalse();

        done(auth.bus.ask(
                Auth.SET_RIGHTS, new SetRights(auth.admin(), "ann", List.of("/:list,read", "/team/drop:list"))));

        assertThat(done(auth.current(who)).may(Right.WRITE, path("/team/drop/a")))
                .as("what the account lost the token lost too")
                .isFalse();
    }

    @Test
    void aLimitedTokenOfAnAdministratorAdministersNoAccounts() throws Exception {
        var admin = auth.admin();
        var limited = enter(done(create(admin, "a", Optional.empty(), "/:list,read,administer", "/closed:list")));
        var whole = enter(done(create(admin, "b", Optional.empty())));

        assertThat(fault(auth.bus.ask(Auth.LIST_USERS, limited)).fault()).isEqualTo(Fault.DENIED);
        assertThat(limited.may(Right.ADMINISTER, path("/closed/a"))).isFalse();
        assertThat(done(auth.bus.ask(Auth.LIST_USERS, whole))).hasSize(2);
    }

    @Test
    void aTokenMakesAndEndsNothing() throws Exception {
        var who = enter(created("one"));
        created("two");

        assertThat(fault(create(who, "three", Optional.empty())).fault()).isEqualTo(Fault.DENIED);
        assertThat(fault(revoke(who, "two")).fault()).isEqualTo(Fault.DENIED);
        assertThat(fault(auth.bus.ask(Auth.LOGOUT, new Auth.Logout(who, true))).fault())
                .isEqualTo(Fault.DENIED);
        assertThat(done(auth.bus.ask(Auth.LOGOUT, new Auth.Logout(who, false)))).isZero();
        assertThat(done(auth.current(who)).account()).as("after a logout").isEqualTo("ann");
        assertThat(list(who)).extracting(Token::name).containsExactly("one", "two");
    }

    @Test
    void aTokenEndsOnItsDay() throws Exception {
        var end = auth.clock.instant().plus(Duration.ofHours(2));
        var made = done(create(ann, "short", Optional.of(end)));
        assertThat(made.token().expires()).contains(end);
        var who = enter(made);

        auth.clock.pass(Duration.ofHours(2).minusMillis(1));
        assertThat(done(auth.current(who)).account()).isEqualTo("ann");
        auth.clock.pass(Duration.ofMillis(1));

        assertThat(fault(auth.current(who)).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryToken(made.text())).fault()).isEqualTo(Fault.WRONG_LOGIN);
        await().until(() -> auth.ended.stream().anyMatch(ended -> ended.reason().equals("expired")));
        assertThat(list(ann)).isEmpty();
    }

    @Test
    void whatIsWrongWithATokenIsSaid() throws Exception {
        created("one");

        assertThat(fault(create(ann, "one", Optional.empty())).fault()).isEqualTo(Fault.EXISTS);
        assertThat(fault(create(ann, "", Optional.empty())).fault()).isEqualTo(Fault.BAD_NAME);
        assertThat(fault(create(ann, "two", Optional.of(auth.clock.instant()))).fault())
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(create(ann, "two", Optional.empty(), "/:fly")).fault()).isEqualTo(Fault.MALFORMED);
        assertThat(fault(revoke(ann, "two")).fault()).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(revoke(auth.admin(), "one")).fault()).as("another's").isEqualTo(Fault.NOT_FOUND);
        assertThat(done(create(auth.admin(), "one", Optional.empty())).token().name())
                .as("names are each account's own")
                .isEqualTo("one");
    }

    @Test
    void anAccountHasOnlySoManyTokens() throws Exception {
        for (int i = 0; i < SessionRows.MAX_TOKENS; i++) {
            created("t" + i);
        }

        assertThat(fault(create(ann, "one more", Optional.empty())).fault()).isEqualTo(Fault.TOO_MANY);
        done(revoke(ann, "t7"));
        created("one more");
    }

    @Test
    void aPasswordChangeEndsTokensUnlessTheyAreKept() throws Exception {
        var kept = enter(created("kept", "/team:write"));
        done(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(ann, PASSWORD, NEW_PASSWORD, true)));
        assertThat(done(auth.current(kept)).may(Right.WRITE, path("/team/a"))).isTrue();
        auth.restart();
        assertThat(done(auth.current(kept)).may(Right.WRITE, path("/team/a"))).isTrue();

        done(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(ann, NEW_PASSWORD, PASSWORD, false)));

        assertThat(fault(auth.current(kept)).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(list(ann)).isEmpty();
    }

    @Test
    void onlyTheDigestOfATokenIsStored() throws Exception {
        var made = created("one");
        var all = done(auth.database.read(handle ->
                handle.createQuery("SELECT * FROM session").mapToMap().list().toString()));

        assertThat(all).contains(Secrets.digest(made.text())).doesNotContain(made.text());
    }
}
