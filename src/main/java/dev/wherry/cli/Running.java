package dev.wherry.cli;

import dev.wherry.protocol.Facts;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A transfer that runs, as the server tells it ({@code events.md}).
 *
 * @param bytes of the whole file that have arrived at the other side; {@code durable} of these would survive a power
 *     cut
 */
record Running(
        boolean upload,
        String account,
        String path,
        long bytes,
        long durable,
        OptionalLong size,
        double bytesPerSecond,
        OptionalDouble secondsLeft,
        boolean stalled) {

    static Running of(Map<String, Object> all) {
        var facts = new Facts(all);
        return new Running(
                facts.text("direction").equals("upload"),
                facts.text("account"),
                facts.text("path"),
                facts.optionalNumber("bytes").orElse(0),
                facts.optionalNumber("durable").orElse(0),
                facts.optionalNumber("size"),
                facts.optionalDecimal("bytesPerSecond").orElse(0),
                facts.optionalDecimal("secondsLeft"),
                facts.optionalFlag("stalled").orElse(false));
    }

    String share() {
        if (size.isEmpty()) {
            return "";
        }
        long whole = size.getAsLong();
        return (whole == 0 ? 100 : Math.min(100, bytes * 100.0 / whole) < 100 ? (long) (bytes * 100.0 / whole) : 100)
                + " %";
    }

    String amount() {
        return Amounts.size(bytes) + (size.isPresent() ? " of " + Amounts.size(size.getAsLong()) : "");
    }

    /** The time left, or why there is none to tell. */
    String left() {
        if (stalled) {
            return "stalled";
        }
        return secondsLeft.isPresent() ? Amounts.clock((long) Math.ceil(secondsLeft.getAsDouble())) : "";
    }
}
