package dev.wherry.database;

import dev.wherry.database.Database.Work;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jdbi.v3.core.Handle;

/** Work that waits for its turn, and where its outcome goes: the context of whoever asked. */
final class Job<T> {
    private final Work<T> work;
    private final Context context;
    private final Promise<T> promise = Promise.promise();

    Job(Work<T> work, Context context) {
        this.work = work;
        this.context = context;
    }

    Future<T> future() {
        return promise.future();
    }

    /** Does the work, and returns how to tell its outcome once that is certain. */
    Runnable attempt(Handle handle) {
        try {
            T value = work.with(handle);
            return () -> context.runOnContext(ignored -> promise.complete(value));
        } catch (Exception | StackOverflowError | AssertionError thrown) {
            return new Failed(this, thrown);
        }
    }

    void fail(Throwable failure) {
        context.runOnContext(ignored -> promise.fail(failure));
    }

    /** The outcome of work that threw. */
    record Failed(Job<?> job, Throwable thrown) implements Runnable {
        @Override
        public void run() {
            job.fail(thrown);
        }
    }
}
