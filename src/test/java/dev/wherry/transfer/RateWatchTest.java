package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateWatch watch = new RateWatch(1024, Duration.ofSeconds(30), 0);

    @Test
    void aWholeWindowUnderTheRateIsTooSlow() {
        watch.moved(1024 * 30 - 1);
        assertThat(watch.tooSlow(30 * SECOND)).isTrue();
    }

    @Test
    void aWholeWindowAtTheRateIsNot() {
        watch.moved(1024 * 30);
        assertThat(watch.tooSlow(30 * SECOND)).isFalse();
    }

    @Test
    void beforeTheWindowIsOverNothingIsTooSlow() {
        assertThat(watch.tooSlow(30 * SECOND - 1)).isFalse();
    }

    @Test
    void withoutAMinimumNothingIsTooSlow() {
        assertThat(new RateWatch(0, Duration.ofSeconds(30), 0).tooSlow(3600 * SECOND))
                .isFalse();
    }

    @Test
    void bytesOfAnEarlierWindowDoNotHelp() {
        watch.moved(1 << 30);
        assertThat(watch.tooSlow(30 * SECOND)).isFalse();
        assertThat(watch.tooSlow(60 * SECOND)).isTrue();
    }

    @Test
    void timeInWhichWeHeldThePeerUpDoesNotCount() {
        watch.excuse(29 * SECOND);
        assertThat(watch.tooSlow(58 * SECOND)).isFalse();
        assertThat(watch.tooSlow(59 * SECOND)).isTrue();
    }

    @Test
    void aPeerThatWaitsForUsIsNotTooSlowHoweverLong() {
        watch.pause(10 * SECOND);
        watch.pause(20 * SECOND);
        assertThat(watch.tooSlow(300 * SECOND)).isFalse();
        watch.goOn(310 * SECOND);
        assertThat(watch.tooSlow(600 * SECOND)).isFalse();
        watch.goOn(610 * SECOND);
        assertThat(watch.tooSlow(629 * SECOND)).isFalse();
        assertThat(watch.tooSlow(630 * SECOND)).isTrue();
    }

    @Test
    void whatExcusesAPeerThatWaitsForUsCountsFromThenOn() {
        watch.pause(10 * SECOND);
        watch.excuse(20 * SECOND);
        watch.goOn(50 * SECOND);
        assertThat(watch.tooSlow(79 * SECOND)).isFalse();
        assertThat(watch.tooSlow(80 * SECOND)).isTrue();
    }

    /** Such as who sends a byte at a time and has each made sure of. */
    @Test
    void aPeerThatWaitsForUsAgainAndAgainIsTooSlowAllTheSame() {
        for (long second = 0; second < 30; second++) {
            watch.moved(1);
            watch.pause(second * SECOND);
            watch.goOn(second * SECOND);
        }
        assertThat(watch.tooSlow(31 * SECOND)).isTrue();
    }
}
