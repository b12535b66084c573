package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {
    @ParameterizedTest
    @CsvSource({"500K, 500000", "20M, 20000000", "1.5G, 1500000000", "64Ki, 65536", "2mib/s, 2097152", "100000, 100000"
    })
    void ratesAreReadAsTheyAreShown(String text, long bytesPerSecond) {
        assertThat(Amounts.parseRate(text)).isEqualTo(bytesPerSecond);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "10240, 10 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "104857600, 100 MiB",
        "1073741824, 1.0 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void sizesHaveThreeDigitsAtMost(long bytes, String text) {
        assertThat(Amounts.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.00 MB/s", "12345, 0.01 MB/s", "123456, 0.1 MB/s", "1500000, 1.5 MB/s", "640000000, 640 MB/s"})
    void ratesAreDecimalMegabytes(double rate, String text) {
        assertThat(Amounts.rate(rate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.004, 0.00 s", "0.034, 0.03 s", "59.99, 59.99 s", "60, 1:00", "3723.4, 1:02:03"})
    void durationsAreSecondsUntilTheyAreMinutes(double seconds, String text) {
        assertThat(Amounts.duration(seconds)).isEqualTo(text);
    }

    @Test
    void timesAreWrittenToTheSecond() {
        assertThat(Amounts.time(ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 678, ZoneOffset.UTC)))
                .isEqualTo("2026-01-02 03:04:05");
    }
}
