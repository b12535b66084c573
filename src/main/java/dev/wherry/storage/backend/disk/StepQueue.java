package dev.wherry.storage.backend.disk;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Steps that run one after another, in the order they were asked for, on a pool that keeps no order itself. Steps that
 * wait are run in one go: a burst of them costs one hop to another thread.
 */
final class StepQueue {
    private final Vertx vertx;
    private final Function<Callable<Integer>, Future<Integer>> pool;

    /** Guarded by {@code this}. */
    private final Queue<Step<?>> waiting = new ArrayDeque<>();

    /** Whether a thread of the pool has the steps in hand; guarded by {@code this}. */
    private boolean running;

    StepQueue(Vertx vertx, Function<Callable<Integer>, Future<Integer>> pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Runs a step after all that were asked for before; its result comes on the caller's context. */
    <T> Future<T> run(Callable<T> work) {
        var step = new Step<>(Answer.<T>toCaller(vertx), work);
        synchronized (this) {
            waiting.add(step);
            if (running) {
                return step.answer.future();
            }
            running = true;
        }
        pool.apply(this::drain).onFailure(this::abandon);
        return step.answer.future();
    }

    private int drain() {
        int done = 0;
        for (var step = next(); step.isPresent(); step = next()) {
            step.get().run();
            done++;
        }
        return done;
    }

    private synchronized Optional<Step<?>> next() {
        var step = Optional.<Step<?>>ofNullable(waiting.poll());
        running = step.isPresent();
        return step;
    }

    private synchronized void abandon(Throwable failure) {
        waiting.forEach(step -> step.answer.fail(failure));
        waiting.clear();
        running = false;
    }

    private record Step<T>(Answer<T> answer, Callable<T> work) {
        void run() {
            try {
                answer.succeed(work.call());
            } catch (Throwable failure) {
                answer.fail(failure);
            }
        }
    }
}
