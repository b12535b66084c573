package dev.wherry.metrics;

import static dev.wherry.transfer.TransferFacts.Direction.DOWNLOAD;
import static dev.wherry.transfer.TransferFacts.Direction.UPLOAD;

import dev.wherry.path.Printable;
import dev.wherry.transfer.TransferFacts;
import java.time.Instant;
import java.util.stream.Collectors;

/** What runs now, in one line for the bottom of a terminal. */
final class LiveLine {
    /** More would not fit on most terminals. */
    private static final int SHOWN = 3;

    private LiveLine() {}

    /** Empty when nothing runs. */
    static String of(RunningTransfers running, Instant now, Paint paint) {
        if (running.count() == 0) {
            return "";
        }
        var shown = running.all().stream()
                .limit(SHOWN)
                .map(transfer -> one(transfer, now))
                .collect(Collectors.joining(", "));
        int more = running.count() - SHOWN;
        return paint.strong("%d running".formatted(running.count()))
                + "  up %s  down %s  "
                        .formatted(
                                Quantity.megabytesPerSecond(running.bytesPerSecond(UPLOAD, now)),
                                Quantity.megabytesPerSecond(running.bytesPerSecond(DOWNLOAD, now)))
                + shown
                + (more > 0 ? ", and " + more + " more" : "");
    }

    private static String one(RunningTransfer transfer, Instant now) {
        return Printable.of(transfer.about().account())
                + " "
                + Printable.of(transfer.about().path().name())
                + " "
                + done(transfer.about(), transfer.bytes())
                + (transfer.isStalled(now) ? " stalled" : left(transfer, now));
    }

    private static String done(TransferFacts about, long bytes) {
        return about.size().isEmpty() || about.size().getAsLong() == 0
                ? Quantity.bytes(bytes)
                : bytes * 100 / about.size().getAsLong() + " %";
    }

    private static String left(RunningTransfer transfer, Instant now) {
        var left = transfer.secondsLeft(now);
        return left.isEmpty() ? "" : " " + Quantity.seconds(Math.ceil(left.getAsDouble())) + " left";
    }
}
