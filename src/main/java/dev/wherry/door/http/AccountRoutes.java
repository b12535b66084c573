package dev.wherry.door.http;

import dev.wherry.auth.Auth;
import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The own account: its password, its tokens, where it is logged in. */
final class AccountRoutes {
    private final HttpDoor door;

    AccountRoutes(HttpDoor door) {
        this.door = door;
    }

    Future<Void> changePassword(Call call) {
        return call.json().map(Asked::new).compose(asked -> {
            var change = new Auth.ChangePassword(
                    call.who(), asked.demandText("old"), asked.demandText("new"), asked.truth("keepTokens"));
            return door.bus()
                    .ask(Auth.CHANGE_PASSWORD, change)
                    .compose(who -> call.answer(new JsonObject().put("user", who.account())));
        });
    }

    Future<Void> tokens(Call call) {
        return door.bus()
                .ask(Auth.LIST_TOKENS, call.who())
                .compose(tokens ->
                        call.items(tokens.stream().map(AccountRoutes::facts).toList()));
    }

    Future<Void> createToken(Call call) {
        return call.json().map(Asked::new).compose(asked -> {
            var wanted = new Auth.CreateToken(
                    call.who(), asked.demandText("name"), asked.time("expires"), asked.texts("rights"));
            return door.bus()
                    .ask(Auth.CREATE_TOKEN, wanted)
                    .compose(made -> call.answer(201, facts(made.token()).put("token", made.text())));
        });
    }

    Future<Void> revokeToken(Call call) {
        return door.bus()
                .ask(Auth.REVOKE_TOKEN, new Auth.RevokeToken(call.who(), call.parameter("name")))
                .compose(ended -> call.answer(new JsonObject().put("name", ended.name())));
    }

    Future<Void> sessions(Call call) {
        return door.bus()
                .ask(Auth.LIST_SESSIONS, call.who())
                .compose(sessions -> call.items(sessions.stream()
                        .map(session -> new JsonObject()
                                .put("id", Long.toString(session.id()))
                                .put("created", session.created().toString())
                                .put("used", session.used().toString())
                                .put("expires", session.expires().toString())
                                .put("address", session.address())
                                .put("door", session.door())
                                .put("program", session.program())
                                .put("current", session.id() == call.who().session()))
                        .toList()));
    }

    Future<Void> endSession(Call call) {
        long id;
        try {
            id = Long.parseLong(call.parameter("id"));
        } catch (NumberFormatException none) {
            return Future.failedFuture(Fault.NOT_FOUND.because("no such session: its id is a number"));
        }
        return door.bus()
                .ask(Auth.END_SESSION, new Auth.EndSession(call.who(), id))
                .compose(ended -> call.answer(new JsonObject().put("sessions", ended)));
    }

    private static JsonObject facts(Auth.Token token) {
        var facts = new JsonObject()
                .put("name", token.name())
                .put("created", token.created().toString());
        token.expires().ifPresent(end -> facts.put("expires", end.toString()));
        return facts.put("rights", new JsonArray(token.rules()));
    }
}
