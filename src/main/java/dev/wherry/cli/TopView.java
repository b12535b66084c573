package dev.wherry.cli;

import dev.wherry.cli.Strip.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code wherry top} shows, for a screen of any size: numbers above, transfers below, and how to leave. */
final class TopView {
    private static final int MARGIN = 1;
    private static final int LABEL = 10;
    private static final int RATE = 9;
    private static final int RIGHT_LABEL = 13;
    private static final int BESIDE = 76;
    private static final int MOST_TREND = 60;
    private static final int DISK_BAR = 10;

    private final String server;
    private final Glyphs glyphs;
    private final Trend up = new Trend();
    private final Trend down = new Trend();

    TopView(String server, Glyphs glyphs) {
        this.server = server;
        this.glyphs = glyphs;
    }

    /** What the trends remember of a second. */
    void remember(Counted counted) {
        up.add(counted.upBytesPerSecond());
        down.add(counted.downBytesPerSecond());
    }

    /** @param trouble why this is not how things are now; empty when it is */
    List<Strip> lines(Counted counted, RunningNow running, Instant now, String trouble, int columns, int rows) {
        var lines = new ArrayList<Strip>();
        lines.add(title(counted, now, trouble, columns));
        lines.add(new Strip());
        lines.addAll(numbers(counted, columns));
        lines.add(new Strip());
        lines.add(count(counted));
        int room = Math.max(1, rows - lines.size() - 2);
        if (!running.isEmpty()) {
            lines.addAll(new RunningRows(columns, glyphs).lines(running, room));
        }
        while (lines.size() < rows - 1) {
            lines.add(new Strip());
        }
        while (lines.size() > Math.max(0, rows - 1)) {
            lines.removeLast();
        }
        lines.add(new Strip().to(MARGIN).add("q", Style.STRONG).add(" quits", Style.FAINT));
        return lines;
    }

    private Strip title(Counted counted, Instant now, String trouble, int columns) {
        var line = new Strip().to(MARGIN).add("wherry", Style.FAINT).add("  ").add(server, Style.STRONG);
        if (!trouble.isEmpty()) {
            return line.endingAt(columns - MARGIN, trouble, Style.BAD);
        }
        var time = Amounts.time(now);
        return line.endingAt(
                columns - MARGIN,
                "up " + Amounts.span(counted.upSeconds()) + "   " + time.substring(time.indexOf(' ') + 1),
                Style.FAINT);
    }

    /** Side by side where there is room, else below each other. */
    private List<Strip> numbers(Counted counted, int columns) {
        int half = columns < BESIDE ? columns : columns / 2;
        var lines = new ArrayList<>(flow(counted, half));
        lines.add(disk(counted));
        var beside = List.of(
                List.of("uploads", counted.uploads().text()),
                List.of("downloads", counted.downloads().text()),
                List.of("connections", counted.connectionsText()),
                List.of("requests", requests(counted.requests())));
        for (int i = 0; i < beside.size(); i++) {
            var line = columns < BESIDE ? new Strip().to(MARGIN) : lines.get(i).to(half);
            int label = line.width();
            line.add(beside.get(i).getFirst(), Style.FAINT)
                    .to(label + (columns < BESIDE ? LABEL + 3 : RIGHT_LABEL))
                    .add(beside.get(i).getLast());
            if (columns < BESIDE) {
                lines.add(line);
            }
        }
        return lines;
    }

    private List<Strip> flow(Counted counted, int columns) {
        int width = Math.clamp(columns - MARGIN - LABEL - RATE - 4, 0, MOST_TREND);
        double most = Math.max(up.most(width), down.most(width));
        var answers = counted.requests().lastMinute();
        return List.of(
                rate(glyphs.up() + " up", Style.UP, counted.upBytesPerSecond(), up.last(width), most),
                rate(glyphs.down() + " down", Style.DOWN, counted.downBytesPerSecond(), down.last(width), most),
                new Strip()
                        .to(MARGIN)
                        .add("answers", Style.FAINT)
                        .to(MARGIN + LABEL)
                        .add(
                                answers.count() == 0
                                        ? "none in the last minute"
                                        : "p50 " + Amounts.brief(answers.p50()) + ", p99 "
                                                + Amounts.brief(answers.p99())));
    }

    private static String requests(Counted.Requests requests) {
        return requests.count() + (requests.failed() > 0 ? ", " + requests.failed() + " failed" : "");
    }

    private Strip rate(String label, Style style, double rate, double[] values, double most) {
        var strip = new Strip()
                .to(MARGIN)
                .add(label, rate > 0 ? style : Style.FAINT)
                .to(MARGIN + LABEL);
        strip.endingAt(MARGIN + LABEL + RATE, Amounts.rate(rate), rate > 0 ? Style.STRONG : Style.USUAL);
        return strip.add("  ").add(glyphs.trend(values, most), rate > 0 ? style : Style.FAINT);
    }

    private Strip disk(Counted counted) {
        if (counted.disk().isEmpty()) {
            return new Strip();
        }
        var disk = counted.disk().get();
        var line = new Strip().to(MARGIN).add("disk", Style.FAINT).to(MARGIN + LABEL);
        if (disk.size().isPresent()) {
            long size = disk.size().getAsLong();
            var bar = glyphs.bar(size - disk.free(), size - disk.free(), size, DISK_BAR);
            boolean tight = disk.free() < size / 20;
            line.add(bar.durable(), tight ? Style.BAD : Style.USUAL)
                    .add(bar.rest(), Style.FAINT)
                    .add(" ");
        }
        return line.add(Amounts.size(disk.free()) + " free");
    }

    private static Strip count(Counted counted) {
        var text = switch ((int) Math.min(2, counted.running())) {
            case 0 -> "nothing is transferred now";
            case 1 -> "1 transfer";
            default -> counted.running() + " transfers";
        };
        return new Strip().to(MARGIN).add(text, Style.FAINT);
    }
}
