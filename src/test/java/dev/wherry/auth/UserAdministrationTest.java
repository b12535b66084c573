package dev.wherry.auth;

import static dev.wherry.auth.AuthFixture.HOME;
import static dev.wherry.auth.AuthFixture.PASSWORD;
import static dev.wherry.auth.AuthFixture.done;
import static dev.wherry.auth.AuthFixture.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.auth.Auth.Account;
import dev.wherry.auth.Auth.AddUser;
import dev.wherry.auth.Auth.ChangePassword;
import dev.wherry.auth.Auth.NewUser;
import dev.wherry.auth.Auth.RemoveUser;
import dev.wherry.auth.Auth.ResetUser;
import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts added, listed, reset and removed, by administrators only. */
final class UserAdministrationTest {
    @TempDir
    private Path folder;

    private AuthFixture auth;
    private Principal admin;

    @BeforeEach
    void start() throws Exception {
        auth = new AuthFixture(folder);
        admin = auth.admin();
    }

    @AfterEach
    void stop() throws Exception {
        auth.stop();
    }

    private Future<NewUser> add(
            Principal who, String name, Optional<String> password, boolean asAdmin, String... rules) {
        return auth.bus.ask(Auth.ADD_USER, new AddUser(who, name, password, asAdmin, List.of(rules)));
    }

    @Test
    void anAccountWithoutAPasswordGetsOneForOnce() throws Exception {
        var added = done(add(admin, "Ann Lee", Optional.empty(), false));
        var once = added.oneTimePassword().orElseThrow();

        assertThat(added.account())
                .isEqualTo(
                        new Account("Ann Lee", false, List.of("/:list,read,write,delete"), auth.clock.instant(), true));
        assertThat(once).matches("[2-9a-hjkmnp-z]{4}(-[2-9a-hjkmnp-z]{4}){2}");
        var who = auth.login("Ann Lee", once).principal();
        assertThat(who.mustChangePassword()).isTrue();

        var after = done(auth.bus.ask(Auth.CHANGE_PASSWORD, new ChangePassword(who, once, PASSWORD, false)));

        assertThat(after.mustChangePassword()).isFalse();
        assertThat(done(auth.current(who)).mustChangePassword()).isFalse();
        assertThat(auth.login("Ann Lee", PASSWORD).principal().mustChangePassword())
                .isFalse();
        assertThat(auth.events).contains(new AuthEvent.AccountAdded("Ann Lee", false, "admin"));
    }

    @Test
    void anAccountWithAPasswordKeepsIt() throws Exception {
        var added = done(add(admin, "ann", Optional.of(PASSWORD), false, "/team:list,read"));

        assertThat(added.oneTimePassword()).isEmpty();
        assertThat(added.account().rules()).containsExactly("/team:list,read");
        assertThat(auth.login("ann", PASSWORD).principal().mustChangePassword()).isFalse();
    }

    @Test
    void accountsAreListedByName() throws Exception {
        auth.add("zoe");
        auth.add("ann", "/:list", "/a:b:read");

        var accounts = done(auth.bus.ask(Auth.LIST_USERS, admin));

        assertThat(accounts).extracting(Account::name).containsExactly("admin", "ann", "zoe");
        assertThat(accounts.get(0).admin()).isTrue();
        assertThat(accounts.get(1).rules()).containsExactly("/:list", "/a:b:read");
    }

    @Test
    void whatCannotBeAddedSaysWhy() throws Exception {
        auth.add("ann");

        assertThat(fault(add(admin, "ann", Optional.empty(), false)).fault()).isEqualTo(Fault.EXISTS);
        assertThat(fault(add(admin, "a\tn", Optional.empty(), false)).fault()).isEqualTo(Fault.BAD_NAME);
        assertThat(fault(add(admin, "bob", Optional.of("short"), false)).fault())
                .isEqualTo(Fault.BAD_PASSWORD);
        assertThat(fault(add(admin, "bob", Optional.empty(), false, "/:fly")).fault())
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(add(admin, "bob", Optional.empty(), false, "/../x:read"))
                        .fault())
                .isEqualTo(Fault.BAD_NAME);
        assertThat(fault(add(admin, "bob", Optional.empty(), false, "/a:read", "/a:write"))
                        .fault())
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(add(admin, "bob", Optional.empty(), false, "/:administer"))
                        .fault())
                .isEqualTo(Fault.MALFORMED);
        assertThat(done(auth.bus.ask(Auth.LIST_USERS, admin))).hasSize(2);
    }

    @Test
    void namesDifferByCase() throws Exception {
        auth.add("ann");
        auth.add("Ann");

        assertThat(done(auth.bus.ask(Auth.LIST_USERS, admin))).hasSize(3);
    }

    @Test
    void nobodyElseMayAnyOfIt() throws Exception {
        auth.add("ann", "/:list,read,write,delete,share", "/team:administer");
        var ann = auth.login("ann", PASSWORD).principal();

        assertThat(ann.may(Right.ADMINISTER, VirtualPath.parse("/team/x"))).isTrue();
        assertThat(ann.may(Right.ADMINISTER, VirtualPath.ROOT)).isFalse();
        assertThat(fault(add(ann, "bob", Optional.empty(), true)).fault()).isEqualTo(Fault.DENIED);
        assertThat(fault(auth.bus.ask(Auth.LIST_USERS, ann)).fault()).isEqualTo(Fault.DENIED);
        assertThat(fault(auth.bus.ask(Auth.REMOVE_USER, new RemoveUser(ann, "admin")))
                        .fault())
                .isEqualTo(Fault.DENIED);
        assertThat(fault(auth.bus.ask(Auth.RESET_USER, new ResetUser(ann, "admin")))
                        .fault())
                .isEqualTo(Fault.DENIED);
    }

    @Test
    void anAdministratorWithAOneTimePasswordChangesItFirst() throws Exception {
        var once = done(add(admin, "boss", Optional.empty(), true))
                .oneTimePassword()
                .orElseThrow();
        var boss = auth.login("boss", once).principal();

        assertThat(fault(auth.bus.ask(Auth.LIST_USERS, boss)).fault()).isEqualTo(Fault.PASSWORD_CHANGE_REQUIRED);
    }

    @Test
    void aForgedPrincipalIsWorthNothing() throws Exception {
        auth.add("ann");
        var ann = auth.login("ann", PASSWORD).principal();
        var everything = new PathRights(List.of(PathRule.EVERYTHING), true);

        var forged = Principal.of("admin", ann.session(), false, everything);

        assertThat(fault(auth.bus.ask(Auth.LIST_USERS, forged)).fault()).isEqualTo(Fault.DENIED);
        assertThat(done(auth.current(forged)).account()).isEqualTo("ann");
    }

    @Test
    void aRemovedAccountIsOutAtOnceAndLooksLikeAWrongLogin() throws Exception {
        auth.add("ann");
        var ann = auth.login("ann", PASSWORD).principal();

        var removed = done(auth.bus.ask(Auth.REMOVE_USER, new RemoveUser(admin, "ann")));

        assertThat(removed.name()).isEqualTo("ann");
        assertThat(fault(auth.current(ann)).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryLogin("ann", PASSWORD, HOME))).hasMessage("wrong user name or password");
        assertThat(fault(auth.bus.ask(Auth.REMOVE_USER, new RemoveUser(admin, "ann")))
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
        assertThat(auth.events).contains(new AuthEvent.AccountRemoved("ann", "admin"));
    }

    @Test
    void theLastAdministratorStays() throws Exception {
        auth.add("ann");
        assertThat(fault(auth.bus.ask(Auth.REMOVE_USER, new RemoveUser(admin, "admin")))
                        .fault())
                .isEqualTo(Fault.DENIED);
        assertThat(done(auth.current(admin)).account())
                .as("a refusal ends nothing")
                .isEqualTo("admin");

        done(add(admin, "boss", Optional.of(PASSWORD), true));

        done(auth.bus.ask(Auth.REMOVE_USER, new RemoveUser(admin, "admin")));
        var boss = auth.login("boss", PASSWORD).principal();
        assertThat(fault(auth.bus.ask(Auth.REMOVE_USER, new RemoveUser(boss, "boss")))
                        .fault())
                .isEqualTo(Fault.DENIED);
    }

    @Test
    void aResetGivesAOneTimePasswordAndEndsTheSessions() throws Exception {
        auth.add("ann");
        var ann = auth.login("ann", PASSWORD).principal();

        var reset = done(auth.bus.ask(Auth.RESET_USER, new ResetUser(admin, "ann")));

        assertThat(reset.account().mustChangePassword()).isTrue();
        assertThat(fault(auth.current(ann)).fault()).isEqualTo(Fault.SESSION_ENDED);
        assertThat(fault(auth.tryLogin("ann", PASSWORD, HOME)).fault()).isEqualTo(Fault.WRONG_LOGIN);
        assertThat(auth.login("ann", reset.oneTimePassword().orElseThrow())
                        .principal()
                        .mustChangePassword())
                .isTrue();
        assertThat(auth.events).contains(new AuthEvent.PasswordChanged("ann", "admin"));
        assertThat(fault(auth.bus.ask(Auth.RESET_USER, new ResetUser(admin, "nobody")))
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
    }

    @Test
    void nothingThatIsLoggedHoldsASecret() throws Exception {
        var question = new AddUser(admin, "ann", Optional.of(PASSWORD), false, List.of());
        var answer = done(add(admin, "bob", Optional.empty(), false));
        var session = auth.login("admin", PASSWORD);
        var once = answer.oneTimePassword().orElseThrow();
        var token = session.token().orElseThrow();
        var account = done(auth.database.read(handle -> Accounts.require(handle, "admin")));
        var said = new StringBuilder()
                .append(question)
                .append(answer)
                .append(session)
                .append(new ChangePassword(admin, PASSWORD, PASSWORD, false))
                .append(new Auth.Login(new Auth.Proof.Password("admin", PASSWORD), HOME, "web"))
                .append(new Auth.Login(new Auth.Proof.Token(token), HOME, "web"))
                .append(new StoredAccount.Secret(account.passwordHash(), true))
                .append(new Passwords.Verified(account, Optional.of(account.passwordHash())))
                .append(account)
                .append(session.principal().user().principal())
                .append(session.principal().user().attributes())
                .append(auth.events)
                .append(auth.ended);
        auth.events.forEach(event -> said.append(event.facts()));

        assertThat(said.toString())
                .contains("admin")
                .doesNotContain(PASSWORD, once, token, Secrets.digest(token), "$argon2id");
        assertThat("control: " + session.token()).contains(token);
    }

    @Test
    void rightsThatAreSetHoldAtOnceForWhoIsInAlready() throws Exception {
        auth.add("ann", "/:list,read");
        var who = auth.login("ann", PASSWORD).principal();
        assertThat(done(auth.current(who)).may(Right.WRITE, VirtualPath.parse("/team/a")))
                .isFalse();

        var set = done(setRights(admin, "ann", "/team:write"));

        assertThat(set.rules()).containsExactly("/team:write");
        var today = done(auth.current(who));
        assertThat(today.may(Right.WRITE, VirtualPath.parse("/team/a"))).isTrue();
        assertThat(today.may(Right.READ, VirtualPath.parse("/team/a"))).isFalse();
        assertThat(auth.events).contains(new AuthEvent.RightsChanged("ann", "admin"));
        assertThat(done(setRights(admin, "ann")).rules()).as("none at all").isEmpty();
        assertThat(done(auth.current(who)).may(Right.WRITE, VirtualPath.parse("/team/a")))
                .isFalse();
    }

    @Test
    void rightsThatCannotBeSetChangeNothing() throws Exception {
        auth.add("ann", "/:list,read");
        var ann = auth.login("ann", PASSWORD).principal();

        assertThat(fault(setRights(ann, "ann", "/:write")).fault()).isEqualTo(Fault.DENIED);
        assertThat(fault(setRights(admin, "bob", "/:write")).fault()).isEqualTo(Fault.NOT_FOUND);
        assertThat(fault(setRights(admin, "ann", "/:administer")).fault()).isEqualTo(Fault.MALFORMED);
        assertThat(fault(setRights(admin, "ann", "/a:read", "/a:write")).fault())
                .isEqualTo(Fault.MALFORMED);
        assertThat(done(auth.current(ann)).rules()).containsExactly("/:list,read");
    }

    private Future<Account> setRights(Principal who, String name, String... rules) {
        return auth.bus.ask(Auth.SET_RIGHTS, new Auth.SetRights(who, name, List.of(rules)));
    }

    @Test
    void theRuleThatDecidedIsNamed() throws Exception {
        auth.add("ann", "/:list,read", "/team:none");

        assertThat(explain(admin, "ann", "read", "/a")).isEqualTo(because(true, "/:list,read"));
        assertThat(explain(admin, "ann", "write", "/a")).isEqualTo(because(false, "/:list,read"));
        assertThat(explain(admin, "ann", "read", "/team/a")).isEqualTo(because(false, "/team:none"));
        assertThat(explain(admin, "admin", "administer", "/a"))
                .isEqualTo(new Auth.Explanation(true, Optional.empty(), true));
        done(setRights(admin, "ann", "/team:read"));
        assertThat(explain(admin, "ann", "read", "/a")).isEqualTo(new Auth.Explanation(false, Optional.empty(), false));
        var ann = auth.login("ann", PASSWORD).principal();
        assertThat(fault(auth.bus.ask(Auth.EXPLAIN, question(ann, "ann", "read", "/a")))
                        .fault())
                .isEqualTo(Fault.DENIED);
        assertThat(fault(auth.bus.ask(Auth.EXPLAIN, question(admin, "ann", "fly", "/a")))
                        .fault())
                .isEqualTo(Fault.MALFORMED);
        assertThat(fault(auth.bus.ask(Auth.EXPLAIN, question(admin, "bob", "read", "/a")))
                        .fault())
                .isEqualTo(Fault.NOT_FOUND);
    }

    private Auth.Explanation explain(Principal who, String name, String right, String path) throws Exception {
        return done(auth.bus.ask(Auth.EXPLAIN, question(who, name, right, path)));
    }

    private static Auth.Explain question(Principal who, String name, String right, String path) {
        return new Auth.Explain(who, name, right, VirtualPath.parse(path));
    }

    private static Auth.Explanation because(boolean allowed, String rule) {
        return new Auth.Explanation(allowed, Optional.of(rule), false);
    }
}
