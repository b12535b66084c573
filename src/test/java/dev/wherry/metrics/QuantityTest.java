package dev.wherry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuantityTest {
    @Test
    void bytesHaveThreeDigitsAndAUnit() {
        assertThat(Quantity.bytes(0)).isEqualTo("0 B");
        assertThat(Quantity.bytes(999)).isEqualTo("999 B");
        assertThat(Quantity.bytes(1_024)).isEqualTo("1.00 KiB");
        assertThat(Quantity.bytes(102_348)).isEqualTo("99.9 KiB");
        assertThat(Quantity.bytes(1_023_487)).isEqualTo("999 KiB");
        assertThat(Quantity.bytes(1_023_488)).isEqualTo("0.98 MiB");
        assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("8.00 EiB");
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
