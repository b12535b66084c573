package dev.wherry.auth;

import dev.wherry.config.Config;
import dev.wherry.database.Database;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down whoever guesses passwords, for all doors together. After some failures an account waits, but only for the
 * network from which they came; a peer that fails at many accounts waits as a whole. The wait doubles up to a few
 * minutes and never becomes a lock. Kept across restarts. Used on one event loop.
 */
final class LoginLimits {
    private static final Logger LOG = LoggerFactory.getLogger(LoginLimits.class);
    private static final int MAX_SUBJECTS = 10_000;
    /** So many make room at once, because finding them takes a look at all. */
    private static final int MADE_ROOM = 1_000;
    /** Whose last failure is older starts anew. */
    private static final Duration FORGET_AFTER = Duration.ofHours(24);
    /** A peer may be many people behind one address: it is allowed this many times more, */
    private static final int ADDRESS_FACTOR = 10;
    /** and one of its failures is forgotten each time this has passed. */
    private static final Duration ADDRESS_FORGETS_ONE = Duration.ofMinutes(1);

    private final Database database;
    private final Config.Login limits;
    private final Clock clock;
    private final Map<String, Score> scores = new HashMap<>();

    LoginLimits(Database database, Config.Login limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    /** Reads what happened before the restart. */
    Future<Void> load() {
        return database.read(LoginLimits::rows).map(rows -> {
            scores.putAll(rows);
            return null;
        });
    }

    /** Refuses who must wait; fails with {@link Fault#LOGIN_TOO_FAST} and {@code retryAfterSeconds}. */
    Future<Void> check(LoginSubject subject) {
        var now = clock.instant();
        return Stream.of(
                        wait(subject.account(), limits.failuresBeforeDelay(), now),
                        wait(subject.address(), limits.failuresBeforeDelay() * ADDRESS_FACTOR, now))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .map(wait -> Future.<Void>failedFuture(tooFast(wait)))
                .orElseGet(Future::succeededFuture);
    }

    private Optional<Duration> wait(String subject, int free, Instant now) {
        return Optional.ofNullable(scores.get(subject)).flatMap(score -> {
            var delay = delay(score.failures(), free);
            // A clock that was set back must not make anybody wait longer than that.
            var passed = Duration.between(score.last(), now).abs();
            return passed.compareTo(delay) < 0 ? Optional.of(delay.minus(passed)) : Optional.empty();
        });
    }

    private Duration delay(double failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        double factor = Math.pow(2, Math.floor(failures) - free);
        double millis = Math.min(limits.firstDelay().toMillis() * factor, (double)
                limits.longestDelay().toMillis());
        return Duration.ofMillis((long) millis);
    }

    private static FaultException tooFast(Duration wait) {
        long seconds = wait.plusMillis(999).toSeconds();
        return Fault.LOGIN_TOO_FAST
                .because("too many logins failed; try again in " + seconds + " s")
                .with("retryAfterSeconds", seconds);
    }

    /** Counts how a login ended; what could not be written down is lost with the next restart only. */
    Future<Void> settle(LoginSubject subject, boolean right) {
        var written = right ? succeeded(subject) : failed(subject);
        return written.onFailure(failure -> LOG.warn("a login could not be counted in the database", failure))
                .otherwiseEmpty();
    }

    private Future<Void> failed(LoginSubject subject) {
        var now = clock.instant();
        var forgotten = makeRoom(now);
        var account = fail(subject.account(), now, Optional.empty());
        var address = fail(subject.address(), now, Optional.of(ADDRESS_FORGETS_ONE));
        return database.write(handle -> {
                    forgotten.forEach(gone -> delete(handle, gone));
                    upsert(handle, subject.account(), account);
                    upsert(handle, subject.address(), address);
                    return true;
                })
                .mapEmpty();
    }

    private Score fail(String subject, Instant now, Optional<Duration> forgetsOne) {
        var before = scores.getOrDefault(subject, new Score(0, now));
        var since = Duration.between(before.last(), now);
        var passed = since.isNegative() ? Duration.ZERO : since;
        double left = passed.compareTo(FORGET_AFTER) >= 0
                ? 0
                : forgetsOne
                        .map(each -> Math.max(0, before.failures() - (double) passed.toMillis() / each.toMillis()))
                        .orElse(before.failures());
        var score = new Score(left + 1, now);
        scores.put(subject, score);
        return score;
    }

    /** Those who failed least go first, so that a flood of names does not wash away those who wait. */
    private List<String> makeRoom(Instant now) {
        if (scores.size() + 2 <= MAX_SUBJECTS) {
            return List.of();
        }
        var forgotten = scores.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<String, Score> entry) -> weight(entry.getValue(), now))
                        .thenComparing(entry -> entry.getValue().last()))
                .limit(MADE_ROOM)
                .map(Map.Entry::getKey)
                .toList();
        forgotten.forEach(scores::remove);
        return forgotten;
    }

    private static double weight(Score score, Instant now) {
        return score.last().plus(FORGET_AFTER).isBefore(now) ? 0 : score.failures();
    }

    /** Its owner is in: the account starts anew there. The peer does not, or an own account would be a way around. */
    private Future<Void> succeeded(LoginSubject subject) {
        if (scores.remove(subject.account()) == null) {
            return Future.succeededFuture();
        }
        return database.write(handle -> {
                    delete(handle, subject.account());
                    return true;
                })
                .mapEmpty();
    }

    /** How many are remembered. */
    int size() {
        return scores.size();
    }

    private static Map<String, Score> rows(Handle handle) {
        var rows = new HashMap<String, Score>();
        handle.createQuery("SELECT subject, score, last_at FROM login_failure")
                .map((row, context) -> Map.entry(
                        row.getString("subject"),
                        new Score(row.getDouble("score"), Instant.ofEpochMilli(row.getLong("last_at")))))
                .forEach(entry -> rows.put(entry.getKey(), entry.getValue()));
        return rows;
    }

    private static void upsert(Handle handle, String subject, Score score) {
        handle.createUpdate("INSERT INTO login_failure (subject, score, last_at) VALUES (:subject, :score, :last)"
                        + " ON CONFLICT (subject) DO UPDATE SET score = excluded.score, last_at = excluded.last_at")
                .bind("subject", subject)
                .bind("score", score.failures())
                .bind("last", score.last().toEpochMilli())
                .execute();
    }

    private static void delete(Handle handle, String subject) {
        handle.createUpdate("DELETE FROM login_failure WHERE subject = :subject")
                .bind("subject", subject)
                .execute();
    }

    private record Score(double failures, Instant last) {}
}
