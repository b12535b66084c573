package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {
    private final Moments moments = new Moments(Instant.parse("2026-07-02T01:30:00Z"), ZoneId.of("Europe/Athens"));

    @ParameterizedTest
    @CsvSource({
        "90m, 2026-07-02T00:00:00Z",
        "7d, 2026-06-25T01:30:00Z",
        "now, 2026-07-02T01:30:00Z",
        "today, 2026-07-01T21:00:00Z",
        "yesterday, 2026-06-30T21:00:00Z",
        "2026-07-01, 2026-06-30T21:00:00Z",
        "2026-07-01 12:30, 2026-07-01T09:30:00Z",
        "2026-07-01T12:30:05, 2026-07-01T09:30:05Z",
        "2026-07-01T12:30:00Z, 2026-07-01T12:30:00Z"
    })
    void aTimeIsReadAsPeopleWriteIt(String text, String expected) {
        assertThat(moments.past(text)).isEqualTo(expected);
    }

    @Test
    void aSpanOfWhatIsToComeIsCountedOn() {
        assertThat(moments.future("12h")).isEqualTo("2026-07-02T13:30:00Z");
        assertThat(moments.future("2w")).isEqualTo("2026-07-16T01:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "7", "7 d", "-1d", "2026-13-01", "12:30", "99999999d"})
    void whatIsNoTimeIsRefusedWithExamples(String text) {
        assertThatThrownBy(() -> moments.past(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is no time: write 90m");
    }
}
