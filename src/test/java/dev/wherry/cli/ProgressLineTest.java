package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgressLineTest {
    private static final OptionalLong SIZE = OptionalLong.of(100 << 20);
    private static final OptionalDouble RATE = OptionalDouble.of(10e6);

    private static ProgressLine line(int columns) {
        return new ProgressLine(columns, TerminalWidth::of);
    }

    private static int width(String text) {
        return text.codePoints().map(TerminalWidth::of).sum();
    }

    @Test
    void aWideLineShowsEverything() {
        assertThat(line(100).text("photo.jpg", 25 << 20, SIZE, RATE))
                .isEqualTo("photo.jpg  25% [========>                             ]  25 MiB / 100 MiB  10 MB/s  0:08");
    }

    @Test
    void theBarGrowsWithItsShare() {
        var empty = line(100).text("a", 0, SIZE, RATE);
        var full = line(100).text("a", 100 << 20, SIZE, RATE);
        assertThat(empty).contains("  0%").contains("[ ").doesNotContain("=");
        assertThat(full).contains("100%").contains("=>]").doesNotContain(" ]");
    }

    @Test
    void aNarrowLineDropsTheBarThenTheBytesThenTheTime() {
        assertThat(line(60).text("photo.jpg", 25 << 20, SIZE, RATE))
                .isEqualTo("photo.jpg  25%  25 MiB / 100 MiB  10 MB/s  0:08");
        assertThat(line(40).text("photo.jpg", 25 << 20, SIZE, RATE)).isEqualTo("photo.jpg  25%  10 MB/s  0:08");
        assertThat(line(26).text("photo.jpg", 25 << 20, SIZE, RATE)).isEqualTo("photo.jpg  25%  10 MB/s");
        assertThat(line(18).text("photo.jpg", 25 << 20, SIZE, RATE)).isEqualTo("photo.jpg  25%");
        assertThat(line(5).text("photo.jpg", 25 << 20, SIZE, RATE)).isEqualTo(" 25%");
        assertThat(line(3).text("photo.jpg", 25 << 20, SIZE, RATE)).isEmpty();
    }

    /** Also where one has a long name, or no known size. */
    @Test
    void barsStandBelowEachOther() {
        var rows = List.of(
                new ProgressLine.Row("a.jpg", 25 << 20, SIZE, RATE),
                new ProgressLine.Row("写真 of the long evening.jpg", 5 << 20, OptionalLong.of(9 << 20), RATE),
                new ProgressLine.Row("-", 25 << 20, OptionalLong.empty(), RATE),
                new ProgressLine.Row("all 3", 55 << 20, SIZE, OptionalDouble.empty()));
        for (int columns = 20; columns < 140; columns++) {
            var lines = line(columns).lines(rows, 0);
            int most = columns;
            assertThat(lines).hasSize(4).allMatch(line -> width(line) <= most);
            assertThat(lines.stream()
                            .filter(line -> line.contains("%"))
                            .map(line -> line.indexOf('[') < 0 ? -1 : width(line.substring(0, line.indexOf('['))))
                            .distinct())
                    .hasSize(1);
        }
        assertThat(line(100).lines(rows, 0))
                .filteredOn(line -> line.contains("["))
                .hasSize(3);
        assertThat(line(100).lines(rows.subList(0, 1), 30).getFirst().indexOf('['))
                .as("where it stood beside a longer name")
                .isEqualTo(30 + " 25% ".length() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a name that is much too long to be shown whole on any terminal that people use.jpg",
                "写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真写真.png",
                "e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301 e\u0301te\u0301.jpg",
                "👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍"
            })
    void noLineIsWiderThanItMayBe(String name) {
        for (int columns = 0; columns < 200; columns++) {
            for (long bytes : new long[] {0, 1, 12345, 99L << 20, 100L << 20}) {
                assertThat(width(line(columns).text(name, bytes, SIZE, RATE))).isLessThanOrEqualTo(columns);
                assertThat(width(line(columns).text(name, bytes, OptionalLong.empty(), OptionalDouble.empty())))
                        .isLessThanOrEqualTo(columns);
            }
        }
    }

    @Test
    void aLongNameKeepsItsBeginningAndItsEnd() {
        var text = line(50).text("the beginning of a name and then its end.jpg", 0, OptionalLong.empty(), RATE);
        assertThat(text).startsWith("the beginn").contains("…").contains("end.jpg");
    }

    @Test
    void whatHasNoKnownSizeHasNoShare() {
        assertThat(line(80).text("-", 25 << 20, OptionalLong.empty(), RATE))
                .doesNotContain("%")
                .doesNotContain("[")
                .contains("25 MiB")
                .contains("10 MB/s");
    }

    @Test
    void nothingIsLeftOfAnEmptyFile() {
        assertThat(line(80).text("a", 0, OptionalLong.of(0), RATE)).contains("100%");
    }

    @Test
    void speedIsThatOfTheLastSeconds() {
        var now = new AtomicLong();
        var speed = new Speed(now::get);
        assertThat(speed.perSecond()).isEmpty();

        for (int second = 1; second <= 20; second++) {
            now.set(second * 1_000_000_000L);
            speed.at(second * 1_000L);
        }
        assertThat(speed.perSecond().orElseThrow()).isBetween(990.0, 1010.0);

        for (int second = 21; second <= 30; second++) {
            now.set(second * 1_000_000_000L);
            speed.at(20_000);
        }
        assertThat(speed.perSecond().orElseThrow()).isZero();
        assertThat(line(80).text("a", 20_000, SIZE, speed.perSecond())).contains("stalled");
    }
}
