package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import dev.wherry.storage.QuotaUse;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** The requests about how much folders may hold. */
final class QuotaRequests {
    private final Bus bus;

    QuotaRequests(Bus bus) {
        this.bus = bus;
    }

    Future<Map<String, Object>> set(Principal who, Request.QuotaSet asked) {
        return bus.ask(Storage.SET_QUOTA, new StorageRequest.SetQuota(who, asked.path(), asked.bytes()))
                .map(QuotaRequests::facts);
    }

    Future<Map<String, Object>> list(Principal who, Turn turn) {
        return bus.ask(Storage.LIST_QUOTAS, new StorageRequest.ListQuotas(who)).map(quotas -> {
            quotas.forEach(quota -> turn.send(new Reply.Item(facts(quota))));
            return Map.of("count", quotas.size());
        });
    }

    Future<Map<String, Object>> remove(Principal who, VirtualPath path) {
        return bus.ask(Storage.REMOVE_QUOTA, new StorageRequest.RemoveQuota(who, path))
                .map(done -> Map.of("path", path.toString()));
    }

    private static Map<String, Object> facts(QuotaUse quota) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("path", quota.path().toString());
        facts.put("bytes", quota.bytes());
        facts.put("used", quota.used());
        return facts;
    }
}
