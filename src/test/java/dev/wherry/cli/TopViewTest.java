package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TopViewTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    private final TopView view = new TopView("files.example.org:4451", Glyphs.of(StandardCharsets.UTF_8, Map.of()));

    private static Map<String, Object> transfer(String path, long bytes, long durable) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("direction", "upload");
        facts.put("account", "alice");
        facts.put("path", path);
        facts.put("bytes", bytes);
        facts.put("durable", durable);
        facts.put("size", 1000L << 20);
        facts.put("bytesPerSecond", 12_000_000L);
        facts.put("secondsLeft", 47.2);
        facts.put("stalled", false);
        return facts;
    }

    private static Map<String, Object> snapshot(List<Map<String, Object>> transfers) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("at", NOW.toString());
        facts.put("since", NOW.minusSeconds(3600).toString());
        facts.put("running", (long) transfers.size());
        facts.put("upBytesPerSecond", 12_000_000L);
        facts.put("downBytesPerSecond", 0L);
        facts.put("connections", Map.of("console", 3L));
        facts.put("disk", Map.of("free", 10L << 30, "size", 100L << 30));
        facts.put("transfers", transfers);
        return facts;
    }

    private List<String> shown(int columns, int rows, String trouble, List<Map<String, Object>> transfers) {
        var snapshot = snapshot(transfers);
        var counted = Counted.of(snapshot);
        view.remember(counted);
        return view.lines(counted, RunningNow.of(snapshot), NOW, trouble, columns, rows).stream()
                .map(line -> line.text(columns, false))
                .toList();
    }

    private static List<Map<String, Object>> many(int count) {
        var transfers = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < count; i++) {
            transfers.add(transfer("/folder/a rather long name of a file, number " + i, 500L << 20, 250L << 20));
        }
        return transfers;
    }

    @Test
    void aTransferShowsWhatArrivedWhatIsDurableItsRateAndTheTimeLeft() {
        var lines = shown(80, 24, "", List.of(transfer("/a.bin", 500L << 20, 250L << 20)));

        assertThat(lines).hasSize(24);
        assertThat(lines.getFirst())
                .startsWith(" wherry  files.example.org:4451")
                .contains("up 1:00:00");
        assertThat(lines).anyMatch(line -> line.matches(" ↑ :/a\\.bin {60,}alice"));
        assertThat(lines)
                .anyMatch(
                        line -> line.matches("   ━+╍+─+ 50 %  500 MiB of 1.0 GiB  250 MiB durable +12 MB/s     0:48"));
        assertThat(lines).anyMatch(line -> line.contains("disk      ━━━━━━━━━─ 10 GiB free"));
        assertThat(lines.getLast()).isEqualTo(" q quits");
    }

    /** The server tells no more than fits into a line, and how many others run. */
    @Test
    void thoseThatTheServerLeftOutAreCountedBelow() {
        for (int columns : List.of(80, 160)) {
            for (int told : List.of(0, 3, 50)) {
                var snapshot = snapshot(many(told));
                snapshot.put("transfersLeftOut", 950L);
                var lines = view.lines(Counted.of(snapshot), RunningNow.of(snapshot), NOW, "", columns, 24).stream()
                        .map(line -> line.text(columns, false))
                        .toList();
                int shown = (int)
                        lines.stream().filter(line -> line.contains("umber ")).count();

                assertThat(lines)
                        .as("%d told", told)
                        .hasSize(24)
                        .anyMatch(line -> line.contains("and " + (950 + told - shown) + " more"));
            }
        }
    }

    @Test
    void itFitsScreensOfAnySize() {
        for (int columns = 1; columns < 200; columns += 7) {
            for (int rows = 1; rows < 60; rows += 5) {
                int width = columns;
                for (int count : new int[] {0, 1, 8, 100}) {
                    assertThat(shown(columns, rows, "", many(count)))
                            .hasSize(rows)
                            .allMatch(line -> Strip.width(line) <= width);
                }
            }
        }
    }

    @Test
    void thoseThatFindNoRoomAreCounted() {
        var lines = shown(80, 24, "", many(100));

        assertThat(lines).anyMatch(line -> line.contains("… and 88 more"));
        assertThat(lines).anyMatch(line -> line.matches(" +file +who +received +durable +rate +left"));
        assertThat(lines.stream().filter(line -> line.contains("↑ :/folder"))).hasSize(12);
    }

    @Test
    void onAWideScreenAllOfATransferIsInOneLine() {
        assertThat(shown(140, 24, "", many(2)).stream().filter(line -> line.contains("↑ :/folder")))
                .hasSize(2)
                .allMatch(line -> line.contains("━╍") && line.contains("500 MiB of 1.0 GiB"));
    }

    @Test
    void troubleStandsInTheTitle() {
        assertThat(shown(80, 24, "the connection was lost; trying again", List.of())
                        .getFirst())
                .endsWith("the connection was lost; trying again")
                .doesNotContain("up 1:00:00");
    }

    @Test
    void aNameMovesNobodysCursorAndOldTerminalsGetPlainSigns() {
        var plain = new TopView("h", Glyphs.of(StandardCharsets.US_ASCII, Map.of()));
        var snapshot = snapshot(List.of(transfer("/\u001b[2J", 1, 0)));
        var counted = Counted.of(snapshot);

        var lines = plain.lines(counted, RunningNow.of(snapshot), NOW, "", 80, 24).stream()
                .map(line -> line.text(80, false))
                .toList();

        assertThat(lines).anyMatch(line -> line.contains("^ :/\\u001b[2J"));
        assertThat(String.join("", lines)).matches("[ -~]*");
    }
}
