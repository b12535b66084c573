package dev.wherry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wherry.clock.SteppedClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RateTest {
    private static final Instant START = SteppedClock.START;

    private static Instant after(long millis) {
        return START.plusMillis(millis);
    }

    @Test
    void nothingHasNoRate() {
        var rate = new Rate(START, 0);

        assertThat(rate.perSecond(START)).isZero();
        assertThat(rate.perSecond(after(10_000))).isZero();
    }

    @Test
    void anEvenFlowHasItsRate() {
        var rate = new Rate(START, 0);
        for (int i = 1; i <= 40; i++) {
            rate.count(after(i * 500L), i * 1_000L);
        }

        assertThat(rate.perSecond(after(20_000))).isCloseTo(2_000, within(1.0));
    }

    @Test
    void theFirstSecondsAreNotTooSlow() {
        var rate = new Rate(START, 0);
        rate.count(after(500), 1_000);

        assertThat(rate.perSecond(after(990))).isCloseTo(2_000, within(1.0));
    }

    @Test
    void theFirstMomentIsNotTooFast() {
        var rate = new Rate(START, 0);
        rate.count(after(1), 1_000);

        assertThat(rate.perSecond(after(1))).isCloseTo(4_000, within(1.0));
    }

    @Test
    void onlyTheLastSecondsCount() {
        var rate = new Rate(START, 0);
        rate.count(after(500), 1_000_000_000);
        for (int i = 0; i <= 10; i++) {
            rate.count(after(60_000 + i * 500L), 1_000_000_000 + i * 500L);
        }

        assertThat(rate.perSecond(after(65_000))).isCloseTo(1_000, within(1.0));
    }

    @Test
    void aStandstillFallsToZero() {
        var rate = new Rate(START, 0);
        rate.count(after(1_000), 5_000);

        assertThat(rate.perSecond(after(1_000))).isCloseTo(5_000, within(1.0));
        assertThat(rate.perSecond(after(2_000))).isCloseTo(5_000, within(1.0));
        assertThat(rate.perSecond(after(3_000))).isCloseTo(2_500, within(1.0));
        assertThat(rate.perSecond(after(6_000))).isZero();
    }

    @Test
    void theRateOfManySmallStepsIsTheSame() {
        var rate = new Rate(START, 0);
        for (int i = 1; i <= 10_000; i++) {
            rate.count(after(i), i * 10L);
        }

        assertThat(rate.perSecond(after(10_000))).isCloseTo(10_000, within(600.0));
    }

    @Test
    void aClockSetBackIsSurvived() {
        var rate = new Rate(after(3_600_000), 0);
        rate.count(after(3_601_000), 1_000);
        rate.count(START, 2_000);

        assertThat(rate.perSecond(START)).isZero();
        rate.count(after(1_000), 3_000);
        assertThat(rate.perSecond(after(1_000))).isCloseTo(1_000, within(1.0));
    }
}
