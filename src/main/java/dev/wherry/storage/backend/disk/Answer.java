package dev.wherry.storage.backend.disk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** A result that is found on some thread, and told on the context of who asked. */
record Answer<T>(Context context, Promise<T> promise) {

    static <T> Answer<T> toCaller(Vertx vertx) {
        return new Answer<>(vertx.getOrCreateContext(), Promise.promise());
    }

    Future<T> future() {
        return promise.future();
    }

    void succeed(T result) {
        context.runOnContext(now -> promise.complete(result));
    }

    void fail(Throwable failure) {
        context.runOnContext(now -> promise.fail(failure));
    }
}
