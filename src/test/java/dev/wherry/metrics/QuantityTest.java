package dev.wherry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuantityTest {
    @Test
    void bytesHaveThreeDigitsAndAUnit() {
        assertThat(Quantity.bytes(0)).isEqualTo("0 B");
        assertThat(Quantity.bytes(999)).isEqualTo("999 B");
        assertThat(Quantity.bytes(1_000)).isEqualTo("1.00 kB");
        assertThat(Quantity.bytes(99_950)).isEqualTo("100 kB");
        assertThat(Quantity.bytes(999_499)).isEqualTo("999 kB");
        assertThat(Quantity.bytes(999_500)).isEqualTo("1.00 MB");
        assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("9.22 EB");
    }

    @Test
    void secondsGrowIntoMinutesAndHours() {
        assertThat(Quantity.seconds(0)).isEqualTo("0.00 ms");
        assertThat(Quantity.seconds(0.0345)).isEqualTo("34.5 ms");
        assertThat(Quantity.seconds(1.24)).isEqualTo("1.24 s");
        assertThat(Quantity.seconds(99.4)).isEqualTo("99.4 s");
        assertThat(Quantity.seconds(125)).isEqualTo("2:05 min");
        assertThat(Quantity.seconds(3_725)).isEqualTo("1:02:05 h");
    }

    @Test
    void ratesAreInOneUnit() {
        assertThat(Quantity.megabytesPerSecond(123_456_789)).isEqualTo("123 MB/s");
        assertThat(Quantity.megabytesPerSecond(1_500)).isEqualTo("0.00 MB/s");
    }
}
