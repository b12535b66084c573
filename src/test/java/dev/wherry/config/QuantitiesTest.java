package dev.wherry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "10s,PT10S",
        "15m,PT15M",
        "12h,PT12H",
        "7d,PT168H",
        "0s,PT0S",
        "999999999d,PT23999999976H"
    })
    void durationsHaveAUnit(String text, Duration duration) {
        assertThat(Quantities.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "s", "1.5h", "-1s", "+1s", "1 s", "10S", "1w", "1h30m", "10s\n", "1000000000d", "٣s"})
    void anythingElseIsNoDuration(String text) {
        assertThat(Quantities.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "4096,4096",
        "1B,1",
        "8KiB,8192",
        "16MiB,16777216",
        "100GiB,107374182400",
        "1TiB,1099511627776",
        "8388607TiB,9223370937343148032"
    })
    void sizesAreBytesOrHaveAUnit(String text, long bytes) {
        assertThat(Quantities.size(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "1KB", "1kib", "1.5GiB", "-1KiB", "8388608TiB", "99999999999999999999", "1 KiB"})
    void anythingElseIsNoSize(String text) {
        assertThat(Quantities.size(text)).isEmpty();
    }

    @Test
    void numbersThatAreNoneAreNoSize() {
        assertThat(Quantities.size(Double.POSITIVE_INFINITY)).isEmpty();
        assertThat(Quantities.size(1.5)).isEmpty();
        assertThat(Quantities.size(1e3)).contains(1000L);
    }
}
