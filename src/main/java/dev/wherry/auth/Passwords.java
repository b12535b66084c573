package dev.wherry.auth;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Hashes passwords, two at a time: each takes a processor and its whole memory. A few more wait their turn; who comes
 * when the queue is full is told when to come back. Used on one event loop; the hashing itself is done on workers.
 */
final class Passwords {
    private static final int WORKERS = 2;
    /** Assumed until one was measured. */
    private static final Duration FIRST_GUESS = Duration.ofMillis(150);

    private final Argon2 argon2;
    private final int maxQueued;
    private final WorkerExecutor workers;
    private final String ofNobody;
    private final Queue<Promise<Void>> waiting = new ArrayDeque<>();

    private int running;
    private Duration lastTook = FIRST_GUESS;

    Passwords(Vertx vertx, Argon2 argon2, int maxQueued) {
        this.argon2 = argon2;
        this.maxQueued = maxQueued;
        workers = vertx.createSharedWorkerExecutor("argon2", WORKERS);
        ofNobody = argon2.ofNobody();
    }

    /**
     * Compares with the account's password, or with one of nobody, which takes as long.
     *
     * @param account looks it up when its turn has come; its failure is the outcome
     * @param settled counts the outcome before the turn is handed on, so that whoever waits is judged by it
     * @return the account when the password is its own and it may log in
     */
    Future<Optional<Verified>> verify(
            String password,
            Supplier<Future<Optional<StoredAccount>>> account,
            Function<Optional<Verified>, Future<Void>> settled) {
        return inTurn(() -> account.get()
                .compose(found -> work(hasher -> verify(hasher, password, found)))
                .compose(verified -> settled.apply(verified).map(verified)));
    }

    private Optional<Verified> verify(Argon2 hasher, String password, Optional<StoredAccount> account) {
        var stored = account.map(StoredAccount::passwordHash).orElse(ofNobody);
        if (!hasher.matches(stored, password)) {
            return Optional.empty();
        }
        var renewed = hasher.isOutdated(stored) ? Optional.of(hasher.hash(password)) : Optional.<String>empty();
        return account.filter(found -> !found.disabled()).map(found -> new Verified(found, renewed));
    }

    Future<String> hash(String password) {
        return inTurn(() -> work(hasher -> hasher.hash(password)));
    }

    /** Waits for its turn; fails with {@link Fault#TOO_MANY} when too many wait already. */
    private <T> Future<T> inTurn(Supplier<Future<T>> work) {
        if (running < WORKERS) {
            running++;
            return run(work);
        }
        if (waiting.size() >= maxQueued) {
            return Future.failedFuture(tooMany());
        }
        Promise<Void> turn = Promise.promise();
        waiting.add(turn);
        return turn.future().compose(come -> run(work));
    }

    private <T> Future<T> run(Supplier<Future<T>> work) {
        return Future.succeededFuture().compose(come -> work.get()).onComplete(done -> next());
    }

    /** Hands the turn on. */
    private void next() {
        var next = waiting.poll();
        if (next == null) {
            running--;
        } else {
            next.complete();
        }
    }

    private FaultException tooMany() {
        long seconds =
                1 + lastTook.multipliedBy(waiting.size()).dividedBy(WORKERS).toSeconds();
        return Fault.TOO_MANY
                .because("too many people log in just now; try again in " + seconds + " s")
                .with("retryAfterSeconds", seconds);
    }

    @SuppressWarnings("NullAway") // its declaration allows null; hashing gives none
    private <T> Future<T> work(Function<Argon2, T> hashing) {
        long start = System.nanoTime();
        return workers.executeBlocking(() -> hashing.apply(argon2), false)
                .onComplete(done -> lastTook = Duration.ofNanos(System.nanoTime() - start));
    }

    /** @param renewed the hash of the same password with today's parameters, where the stored one has others */
    record Verified(StoredAccount account, Optional<String> renewed) {
        @Override
        public String toString() {
            return "Verified[" + account + "]";
        }
    }
}
