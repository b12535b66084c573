package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.bus.Bus;
import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** For administrators: accounts and what they may do. */
final class UserRoutes {
    private final Bus bus;

    UserRoutes(Bus bus) {
        this.bus = bus;
    }

    Future<Void> list(Call call) {
        return bus.ask(Auth.LIST_USERS, call.who())
                .compose(users ->
                        call.items(users.stream().map(UserRoutes::facts).toList()));
    }

    Future<Void> add(Call call) {
        return call.json().map(Asked::new).compose(asked -> {
            var wanted = new Auth.AddUser(
                    call.who(),
                    asked.demandText("name"),
                    asked.text("password"),
                    asked.truth("admin"),
                    asked.texts("rights"));
            return bus.ask(Auth.ADD_USER, wanted).compose(made -> call.answer(201, facts(made)));
        });
    }

    Future<Void> remove(Call call) {
        return bus.ask(Auth.REMOVE_USER, new Auth.RemoveUser(call.who(), call.parameter("name")))
                .compose(removed -> call.answer(facts(removed)));
    }

    Future<Void> reset(Call call) {
        return bus.ask(Auth.RESET_USER, new Auth.ResetUser(call.who(), call.parameter("name")))
                .compose(reset -> call.answer(facts(reset)));
    }

    Future<Void> setRights(Call call) {
        return call.json()
                .map(Asked::new)
                .compose(asked -> bus.ask(
                        Auth.SET_RIGHTS, new Auth.SetRights(call.who(), call.parameter("name"), asked.texts("rights"))))
                .compose(account -> call.answer(facts(account)));
    }

    Future<Void> explain(Call call) {
        var right = call.query("right").orElseThrow(() -> missing("right"));
        var path = VirtualPath.parse(call.query("path").orElseThrow(() -> missing("path")));
        return bus.ask(Auth.EXPLAIN, new Auth.Explain(call.who(), call.parameter("name"), right, path))
                .compose(explained -> {
                    var facts = new JsonObject().put("allowed", explained.allowed());
                    explained.rule().ifPresent(rule -> facts.put("rule", rule));
                    return call.answer(facts.put("administrator", explained.administrator()));
                });
    }

    private static RuntimeException missing(String name) {
        return Fault.MALFORMED
                .because("the query says ?right=…&path=…; \"" + name + "\" is missing")
                .with("name", name);
    }

    private static JsonObject facts(Auth.NewUser user) {
        var facts = facts(user.account());
        user.oneTimePassword().ifPresent(password -> facts.put("oneTimePassword", password));
        return facts;
    }

    private static JsonObject facts(Auth.Account account) {
        return new JsonObject()
                .put("name", account.name())
                .put("admin", account.admin())
                .put("rights", new JsonArray(account.rules()))
                .put("created", account.created().toString())
                .put("mustChangePassword", account.mustChangePassword());
    }
}
