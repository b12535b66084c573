package dev.wherry.cli;

import dev.wherry.cli.Strip.Style;
import java.util.ArrayList;
import java.util.List;

/**
 * The transfers that run, a line for each with headings above; or, on a narrow screen with room below, two lines for
 * each, of which the second is a bar with its numbers.
 */
final class RunningRows {
    private static final int WIDE = 120;
    private static final int MARGIN = 1;
    private static final int WHO = 10;
    private static final int SHARE = 5;
    private static final int AMOUNT = 9;
    private static final int AMOUNTS = 20;
    private static final int LEAST_BAR = 5;
    private static final int RATE = 9;
    private static final int LEFT = 9;
    private static final int MOST_BAR = 40;
    private static final int GAP = 2;

    private final int columns;
    private final Glyphs glyphs;
    private final ProgressLine names;

    RunningRows(int columns, Glyphs glyphs) {
        this.columns = columns;
        this.glyphs = glyphs;
        this.names = new ProgressLine(columns, TerminalWidth::of);
    }

    /** @param room lines that there are */
    List<Strip> lines(RunningNow running, int room) {
        int lines = running.transfers().size() * 2 + (running.leftOut() > 0 ? 1 : 0);
        return columns < WIDE && lines <= room ? twoEach(running) : oneEach(running, room);
    }

    private List<Strip> twoEach(RunningNow running) {
        var transfers = running.transfers();
        var lines = new ArrayList<Strip>();
        int end = columns - MARGIN;
        int amount = transfers.stream()
                .mapToInt(each -> each.amount().length())
                .max()
                .orElse(0);
        int durable = transfers.stream()
                .mapToInt(each -> durable(each).length())
                .max()
                .orElse(0);
        for (var transfer : transfers) {
            int room = end - 3 - GAP - Strip.width(transfer.account());
            lines.add(named(transfer, Math.max(10, room)).endingAt(end, transfer.account(), Style.FAINT));
            lines.add(numbers(transfer, end, amount, durable));
        }
        more(lines, running.leftOut());
        return lines;
    }

    private void more(List<Strip> lines, long count) {
        if (count > 0) {
            lines.add(new Strip().to(MARGIN + 2).add(glyphs.more() + " and " + count + " more", Style.FAINT));
        }
    }

    private Strip named(Running transfer, int room) {
        return new Strip()
                .to(MARGIN)
                .add(transfer.upload() ? glyphs.up() : glyphs.down(), direction(transfer))
                .add(" ")
                .add(names.cut(Visible.text(":" + transfer.path()), room), Style.STRONG);
    }

    private static String durable(Running transfer) {
        return transfer.upload() ? Amounts.size(transfer.durable()) + " durable" : "";
    }

    private Strip numbers(Running transfer, int end, int amount, int durable) {
        int bar = Math.min(MOST_BAR, end - 3 - SHARE - GAP - amount - GAP - durable - GAP - RATE - LEFT);
        var line = new Strip().to(3);
        int column = 3;
        if (bar >= LEAST_BAR) {
            if (transfer.size().isPresent()) {
                bar(line, transfer, bar);
            }
            column += bar;
        }
        column += SHARE;
        line.endingAt(column, transfer.share(), Style.USUAL);
        column += GAP + amount;
        line.endingAt(column, transfer.amount(), Style.USUAL);
        if (column + GAP + durable + GAP + RATE + LEFT <= end) {
            line.endingAt(column + GAP + durable, durable(transfer), Style.FAINT);
        }
        line.endingAt(end - LEFT, Amounts.rate(transfer.bytesPerSecond()), Style.USUAL);
        return line.endingAt(end, transfer.left(), left(transfer));
    }

    private List<Strip> oneEach(RunningNow running, int room) {
        var transfers = running.transfers();
        boolean wide = columns >= WIDE;
        int amount = wide ? AMOUNTS : AMOUNT;
        int numbers = SHARE + amount + GAP + AMOUNT + GAP + RATE + GAP + LEFT;
        int free = columns - 2 * MARGIN - 2 - WHO - GAP - numbers;
        int bar = wide ? Math.min(MOST_BAR, free / 3) : 0;
        int name = Math.max(8, free - (bar == 0 ? 0 : bar + GAP));
        long all = transfers.size() + running.leftOut();
        int shown = all < room ? transfers.size() : Math.min(transfers.size(), Math.max(0, room - 2));
        var lines = new ArrayList<Strip>();
        lines.add(headings(name, bar, amount));
        transfers.stream().limit(shown).forEach(transfer -> lines.add(row(transfer, name, bar, amount)));
        more(lines, all - shown);
        return lines;
    }

    private Strip headings(int name, int bar, int amount) {
        var line = new Strip().to(MARGIN + 2).add("file", Style.FAINT);
        int column = MARGIN + 2 + name + GAP;
        line.to(column).add("who", Style.FAINT);
        column += WHO + (bar == 0 ? 0 : bar + GAP) + SHARE + amount + GAP;
        line.endingAt(column, "received", Style.FAINT);
        column += AMOUNT + GAP;
        line.endingAt(column, "durable", Style.FAINT);
        column += RATE + GAP;
        line.endingAt(column, "rate", Style.FAINT);
        return line.endingAt(column + LEFT, "left", Style.FAINT);
    }

    private Strip row(Running transfer, int name, int bar, int amount) {
        var line = named(transfer, name);
        int column = MARGIN + 2 + name + GAP;
        line.to(column).add(names.cut(Visible.text(transfer.account()), WHO - GAP), Style.FAINT);
        column += WHO;
        line.to(column);
        if (bar > 0) {
            if (transfer.size().isPresent()) {
                bar(line, transfer, bar);
            }
            column += bar + GAP;
            line.to(column);
        }
        column += SHARE;
        line.endingAt(column, transfer.share(), Style.USUAL);
        column += amount + GAP;
        line.endingAt(column, bar > 0 ? transfer.amount() : Amounts.size(transfer.bytes()), Style.USUAL);
        column += AMOUNT + GAP;
        line.endingAt(column, transfer.upload() ? Amounts.size(transfer.durable()) : "", Style.FAINT);
        column += RATE + GAP;
        line.endingAt(column, Amounts.rate(transfer.bytesPerSecond()), Style.USUAL);
        return line.endingAt(column + LEFT, transfer.left(), left(transfer));
    }

    private Strip bar(Strip line, Running transfer, int width) {
        long kept = transfer.upload() ? transfer.durable() : transfer.bytes();
        var bar = glyphs.bar(kept, transfer.bytes(), transfer.size().orElse(0), width);
        return line.add(bar.durable(), direction(transfer))
                .add(bar.received(), direction(transfer))
                .add(bar.rest(), Style.FAINT);
    }

    private static Style direction(Running transfer) {
        return transfer.upload() ? Style.UP : Style.DOWN;
    }

    private static Style left(Running transfer) {
        return transfer.stalled() ? Style.WARNING : Style.USUAL;
    }
}
