package dev.wherry.door.console;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The requests about who somebody is: logins, passwords, accounts. */
final class AccountRequests {
    private final Bus bus;
    private final ConsoleSession session;

    AccountRequests(Bus bus, ConsoleSession session) {
        this.bus = bus;
        this.session = session;
    }

    Future<Map<String, Object>> login(Request.LoginPassword login) {
        return login(new Auth.Proof.Password(login.user(), login.password()));
    }

    Future<Map<String, Object>> login(Request.LoginToken login) {
        return login(new Auth.Proof.Token(login.token()));
    }

    private Future<Map<String, Object>> login(Auth.Proof proof) {
        return bus.ask(Auth.LOGIN, new Auth.Login(proof, session.address(), ConsoleDoor.NAME))
                .map(entered -> {
                    session.who(Optional.of(entered.principal()));
                    var facts = new LinkedHashMap<String, Object>();
                    facts.put("user", entered.principal().account());
                    facts.put("rights", entered.rights());
                    entered.token().ifPresent(token -> facts.put("token", token));
                    entered.expires().ifPresent(end -> facts.put("expires", end.toString()));
                    facts.put("mustChangePassword", entered.principal().mustChangePassword());
                    return facts;
                });
    }

    Future<Map<String, Object>> whoAmI(Principal who) {
        return bus.ask(Auth.CURRENT, who)
                .map(current -> Map.of(
                        "user", current.account(),
                        "rights", current.rules(),
                        "mustChangePassword", current.mustChangePassword()));
    }

    /** The connection forgets who it was first: it stays, while every other one of the session is cut. */
    Future<Map<String, Object>> logout(Principal who, boolean all) {
        session.who(Optional.empty());
        return bus.ask(Auth.LOGOUT, new Auth.Logout(who, all))
                .onFailure(failure -> session.who(Optional.of(who)))
                .map(ended -> Map.of("sessions", ended));
    }

    Future<Map<String, Object>> changePassword(Principal who, Request.ChangePassword change) {
        return bus.ask(
                        Auth.CHANGE_PASSWORD,
                        new Auth.ChangePassword(who, change.old(), change.changed(), change.keepTokens()))
                .map(principal -> {
                    session.who(Optional.of(principal));
                    return Map.of("user", principal.account());
                });
    }

    Future<Map<String, Object>> addUser(Principal who, Request.UserAdd add) {
        return bus.ask(Auth.ADD_USER, new Auth.AddUser(who, add.name(), add.password(), add.admin(), add.rights()))
                .map(AccountRequests::facts);
    }

    Future<Map<String, Object>> listUsers(Principal who, Turn turn) {
        return bus.ask(Auth.LIST_USERS, who).map(accounts -> {
            accounts.forEach(account -> turn.send(new Reply.Item(facts(account))));
            return Map.of("count", accounts.size());
        });
    }

    Future<Map<String, Object>> removeUser(Principal who, String name) {
        return bus.ask(Auth.REMOVE_USER, new Auth.RemoveUser(who, name)).map(AccountRequests::facts);
    }

    Future<Map<String, Object>> resetUser(Principal who, String name) {
        return bus.ask(Auth.RESET_USER, new Auth.ResetUser(who, name)).map(AccountRequests::facts);
    }

    Future<Map<String, Object>> setRights(Principal who, Request.UserRights asked) {
        return bus.ask(Auth.SET_RIGHTS, new Auth.SetRights(who, asked.name(), asked.rights()))
                .map(AccountRequests::facts);
    }

    Future<Map<String, Object>> explain(Principal who, Request.UserExplain asked) {
        return bus.ask(Auth.EXPLAIN, new Auth.Explain(who, asked.name(), asked.right(), asked.path()))
                .map(explanation -> {
                    var facts = new LinkedHashMap<String, Object>();
                    facts.put("allowed", explanation.allowed());
                    explanation.rule().ifPresent(rule -> facts.put("rule", rule));
                    if (explanation.administrator()) {
                        facts.put("administrator", true);
                    }
                    return facts;
                });
    }

    private static Map<String, Object> facts(Auth.NewUser user) {
        var facts = facts(user.account());
        user.oneTimePassword().ifPresent(password -> facts.put("oneTimePassword", password));
        return facts;
    }

    private static Map<String, Object> facts(Auth.Account account) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("user", account.name());
        facts.put("name", account.name());
        facts.put("admin", account.admin());
        facts.put("rights", account.rules());
        facts.put("created", account.created().toString());
        facts.put("mustChangePassword", account.mustChangePassword());
        return facts;
    }
}
