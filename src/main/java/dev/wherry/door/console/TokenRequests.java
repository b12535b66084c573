package dev.wherry.door.console;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** The requests about the tokens by which programs log in. */
final class TokenRequests {
    private final Bus bus;

    TokenRequests(Bus bus) {
        this.bus = bus;
    }

    Future<Map<String, Object>> create(Principal who, Request.TokenCreate asked) {
        return bus.ask(Auth.CREATE_TOKEN, new Auth.CreateToken(who, asked.name(), asked.expires(), asked.rights()))
                .map(made -> {
                    var facts = facts(made.token());
                    facts.put("token", made.text());
                    return facts;
                });
    }

    Future<Map<String, Object>> list(Principal who, Turn turn) {
        return bus.ask(Auth.LIST_TOKENS, who).map(tokens -> {
            tokens.forEach(token -> turn.send(new Reply.Item(facts(token))));
            return Map.of("count", tokens.size());
        });
    }

    Future<Map<String, Object>> revoke(Principal who, String name) {
        return bus.ask(Auth.REVOKE_TOKEN, new Auth.RevokeToken(who, name)).map(ended -> Map.of("name", ended.name()));
    }

    private static Map<String, Object> facts(Auth.Token token) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("name", token.name());
        facts.put("created", token.created().toString());
        token.expires().ifPresent(end -> facts.put("expires", end.toString()));
        facts.put("rights", token.rules());
        return facts;
    }
}
