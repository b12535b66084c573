package dev.wherry.door.http;

import dev.wherry.bus.Bus;
import dev.wherry.storage.QuotaUse;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** How much folders may hold. */
final class QuotaRoutes {
    private static final String PREFIX = "/quotas/";

    private final Bus bus;

    QuotaRoutes(Bus bus) {
        this.bus = bus;
    }

    Future<Void> list(Call call) {
        return bus.ask(Storage.LIST_QUOTAS, new StorageRequest.ListQuotas(call.who()))
                .compose(quotas ->
                        call.items(quotas.stream().map(QuotaRoutes::facts).toList()));
    }

    Future<Void> set(Call call) {
        var path = call.path(PREFIX);
        return call.json()
                .map(Asked::new)
                .compose(asked -> bus.ask(
                        Storage.SET_QUOTA, new StorageRequest.SetQuota(call.who(), path, asked.demandBytes("bytes"))))
                .compose(quota -> call.answer(facts(quota)));
    }

    Future<Void> remove(Call call) {
        var path = call.path(PREFIX);
        return bus.ask(Storage.REMOVE_QUOTA, new StorageRequest.RemoveQuota(call.who(), path))
                .compose(done -> call.answer(new JsonObject().put("path", path.toString())));
    }

    private static JsonObject facts(QuotaUse quota) {
        return new JsonObject()
                .put("path", quota.path().toString())
                .put("bytes", quota.bytes())
                .put("used", quota.used());
    }
}
