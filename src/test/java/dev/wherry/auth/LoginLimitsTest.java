package dev.wherry.auth;

import static dev.wherry.auth.AuthFixture.done;
import static dev.wherry.auth.AuthFixture.fault;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.clock.SteppedClock;
import dev.wherry.database.SqliteDatabase;
import dev.wherry.fault.Fault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The table of failures: bounded, forgetful, and the same after a restart. */
@ExtendWith(VertxExtension.class)
final class LoginLimitsTest {
    private final SteppedClock clock = new SteppedClock();

    @TempDir
    private Path folder;

    private LoginLimits limits(SqliteDatabase database) {
        return new LoginLimits(database, AuthFixture.limits(8), clock);
    }

    @Test
    void aFloodOfNamesNeitherGrowsTheTableNorWashesAwayWhoWaits(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        var limits = limits(database);
        var guesser = LoginSubject.of("admin", "192.0.2.7");
        for (int i = 0; i < 12; i++) {
            done(limits.settle(guesser, false));
        }
        var writes = new ArrayList<Future<?>>();
        for (int i = 0; i < 12_000; i++) {
            writes.add(
                    limits.settle(LoginSubject.of("name " + i, "2001:db8:" + Integer.toHexString(i) + "::1"), false));
        }
        done(Future.all(writes));

        assertThat(limits.size()).isLessThanOrEqualTo(10_000);
        assertThat(fault(limits.check(guesser)).fault()).isEqualTo(Fault.LOGIN_TOO_FAST);
        var again = limits(database);
        done(again.load());
        assertThat(again.size()).isEqualTo(limits.size());
        assertThat(fault(again.check(guesser)).facts())
                .isEqualTo(fault(limits.check(guesser)).facts());
        done(database.close());
    }

    @Test
    void failuresAreForgottenAfterADay(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        var limits = limits(database);
        var subject = LoginSubject.of("admin", "192.0.2.7");
        for (int i = 0; i < 9; i++) {
            done(limits.settle(subject, false));
        }
        clock.pass(Duration.ofHours(24));

        for (int i = 0; i < 4; i++) {
            done(limits.settle(subject, false));
            done(limits.check(subject));
        }
        done(limits.settle(subject, false));

        assertThat(fault(limits.check(subject)).facts()).containsEntry("retryAfterSeconds", 1L);
        done(database.close());
    }

    @Test
    void aClockThatWasSetBackMakesNobodyWaitLonger(Vertx vertx) throws Exception {
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        var limits = limits(database);
        var subject = LoginSubject.of("admin", "192.0.2.7");
        for (int i = 0; i < 5; i++) {
            done(limits.settle(subject, false));
        }

        clock.pass(Duration.ofDays(-400));

        done(limits.check(subject));
        done(limits.settle(subject, false));
        assertThat(fault(limits.check(subject)).facts()).containsEntry("retryAfterSeconds", 2L);
        done(database.close());
    }

    @Test
    void networksAreToldApart() {
        var home = LoginSubject.of("ann", "192.0.2.7");

        assertThat(LoginSubject.of("ann", "192.0.2.8").account()).isEqualTo(home.account());
        assertThat(LoginSubject.of("ann", "192.0.2.8").address()).isNotEqualTo(home.address());
        assertThat(LoginSubject.of("ann", "192.0.3.7").account()).isNotEqualTo(home.account());
        assertThat(LoginSubject.of("bob", "192.0.2.7").account()).isNotEqualTo(home.account());
        assertThat(LoginSubject.of("ann", "::ffff:192.0.2.7")).isEqualTo(home);
        assertThat(LoginSubject.of("ann", "2001:db8::1")).isEqualTo(LoginSubject.of("ann", "2001:db8::2:3:4:5"));
        assertThat(LoginSubject.of("ann", "2001:db8:0:1::1").address())
                .isNotEqualTo(LoginSubject.of("ann", "2001:db8::1").address());
        assertThat(LoginSubject.of("ann", "somewhere").account()).isNotEqualTo(home.account());
    }
}
