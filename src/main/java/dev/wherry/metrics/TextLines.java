package dev.wherry.metrics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import dev.wherry.bus.Event;
import dev.wherry.fault.Fault;
import dev.wherry.path.Printable;
import dev.wherry.transfer.TransferEvent;
import dev.wherry.transfer.TransferFacts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Lines for people, in local time. Everything that came from outside is made {@linkplain Printable printable}. */
final class TextLines implements Lines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;
    private final Paint paint;
    private final boolean isFolded;

    TextLines(ZoneId zone, Paint paint) {
        this(zone, paint, false);
    }

    /** @param isFolded whether a digest has a line of its own, so that a terminal of 80 columns does not break it */
    TextLines(ZoneId zone, Paint paint, boolean isFolded) {
        this.zone = zone;
        this.paint = paint;
        this.isFolded = isFolded;
    }

    @Override
    public String event(Event event, Instant at) {
        return time(at)
                + switch (event) {
                    case TransferEvent.Finished finished -> finished(finished);
                    case RequestAnswered request -> request(request);
                    case ServerEvent.Started(String version) -> "started: Wherry " + Printable.of(version);
                    case ServerEvent.Stopping(String reason) -> "stopping: " + Printable.of(reason);
                    case ServerEvent.Stopped() -> "stopped";
                    default -> other(event);
                };
    }

    private String time(Instant at) {
        return paint.faint(TIME.format(at.atZone(zone))) + "  ";
    }

    /** The digest is whole, since a part of it proves nothing and cannot be compared by a program. */
    private String finished(TransferEvent.Finished transfer) {
        var about = transfer.about();
        double seconds = transfer.took().toNanos() / 1e9;
        var line = new StringBuilder();
        var direction = "%-8s".formatted(about.direction().name().toLowerCase(Locale.ROOT));
        line.append(transfer.fault().isPresent() ? paint.bad(direction) : paint.good(direction))
                .append("  ")
                .append(who(about.account(), about.address(), about.door()))
                .append("  ")
                .append(paint.strong(Printable.of(about.path().toString())))
                .append("  ")
                .append(size(transfer, about))
                .append("  ")
                .append(Quantity.seconds(seconds))
                .append("  ")
                .append(Quantity.megabytesPerSecond(seconds > 0 ? transfer.bytes() / seconds : 0));
        transfer.fault().ifPresent(fault -> line.append("  ").append(ended(fault)));
        transfer.sha256()
                .ifPresent(
                        digest -> line.append(isFolded ? "\n    sha256 " : "  ").append(paint.faint(digest.hex())));
        return line.toString();
    }

    /** Whoever stops a transfer has not failed at it. */
    private String ended(String fault) {
        return fault.equals(Fault.STOPPED.code()) ? fault : paint.bad("failed: " + Printable.of(fault));
    }

    private static String who(String account, String address, String door) {
        return Printable.of(account) + "  " + Printable.of(address) + "  " + Printable.of(door);
    }

    /** What was moved, and of how much when that was not all. */
    private static String size(TransferEvent.Finished transfer, TransferFacts about) {
        var moved = Quantity.bytes(transfer.bytes());
        boolean isPart = about.size().isPresent() && about.size().getAsLong() != transfer.bytes();
        return isPart ? moved + " of " + Quantity.bytes(about.size().getAsLong()) : moved;
    }

    private String request(RequestAnswered request) {
        var outcome = Printable.of(request.outcome());
        return "%-8s".formatted(Printable.of(request.verb()))
                + "  "
                + who(request.account(), request.address(), request.door())
                + "  "
                + (outcome.equals("done") ? outcome : paint.bad(outcome))
                + "  "
                + Quantity.seconds(request.took().toNanos() / 1e9);
    }

    /** What other parts tell: its name, and its facts as they are published. */
    private String other(Event event) {
        var name = event.event().replace('-', ' ');
        var facts = event.facts().stream()
                .filter(fact -> !fact.getValue().equals(""))
                .map(fact -> Printable.of(fact.getKey()) + " " + Printable.of(String.valueOf(fact.getValue())))
                .collect(Collectors.joining(", "));
        var text = event.event().endsWith("-failed") ? paint.bad(name) : paint.strong(name);
        return facts.isEmpty() ? text : text + ": " + facts;
    }

    @Override
    public String summary(Summary summary, Instant at) {
        return time(at) + paint.strong("last " + summary.over().toSeconds() + " s") + ": " + counts(summary);
    }

    /** Only what there was: most minutes have one direction, or none. */
    private static String counts(Summary summary) {
        var parts = new StringJoiner("; ");
        if (summary.requests() > 0) {
            parts.add("%d %s, p50 %s, p99 %s"
                    .formatted(
                            summary.requests(),
                            summary.requests() == 1 ? "request" : "requests",
                            Quantity.seconds(summary.p50()),
                            Quantity.seconds(summary.p99())));
        }
        if (summary.up() > 0) {
            parts.add(moved("up", summary.up(), summary.upPerSecond()));
        }
        if (summary.down() > 0) {
            parts.add(moved("down", summary.down(), summary.downPerSecond()));
        }
        if (summary.finished() > 0 || summary.running() > 0) {
            parts.add("transfers: %d finished, %d running".formatted(summary.finished(), summary.running()));
        }
        return parts.toString();
    }

    private static String moved(String direction, long bytes, double perSecond) {
        return direction + " " + Quantity.bytes(bytes) + ", " + Quantity.megabytesPerSecond(perSecond);
    }

    @Override
    public String log(ILoggingEvent event) {
        var level = "%-8s".formatted(event.getLevel());
        var text = new StringBuilder(time(event.getInstant()))
                .append(event.getLevel().isGreaterOrEqual(Level.WARN) ? paint.bad(level) : level)
                .append("  ")
                .append(simple(event.getLoggerName()))
                .append(": ")
                .append(Printable.of(event.getFormattedMessage()));
        if (event.getThrowableProxy() != null) {
            // Indented, so that no message can look like a line of its own.
            ThrowableProxyUtil.asString(event.getThrowableProxy())
                    .lines()
                    .forEach(line -> text.append("\n    ").append(Printable.of(line.strip())));
        }
        return text.toString();
    }

    private static String simple(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    @Override
    public String dropped(long lines, Instant at) {
        return time(at) + paint.bad(lines + " lines were not written: the output did not take them");
    }
}
