package dev.wherry.metrics;

import dev.wherry.path.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/**
 * The hash that ties a row of the history to the one before it: SHA-256 over the hash before it and the row's fields,
 * each as a netstring (D. J. Bernstein: length in bytes, colon, UTF-8 text, comma), so that no two rows read the same.
 *
 * <p>A row that was changed, taken out or put between breaks the chain. Somebody who may write the database can make
 * the whole chain anew; whoever fears that keeps the newest hash elsewhere.
 */
final class HistoryChain {
    /** What comes before the first row. */
    static final String ORIGIN = "0".repeat(64);

    private HistoryChain() {}

    static String hash(String previous, HistoryEntry entry) {
        var text = new ByteArrayOutputStream(512);
        for (var field : fields(previous, entry)) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            text.writeBytes((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            text.writeBytes(bytes);
            text.write(',');
        }
        return HexFormat.of().formatHex(Sha256.digest().digest(text.toByteArray()));
    }

    /** In the order of the columns; what is not known is empty. */
    private static List<String> fields(String previous, HistoryEntry entry) {
        return List.of(
                previous,
                Long.toString(entry.seq()),
                entry.transfer(),
                entry.direction(),
                entry.account(),
                entry.address(),
                entry.door(),
                entry.path(),
                number(entry.size()),
                Long.toString(entry.offset()),
                Long.toString(entry.bytes()),
                Long.toString(entry.started().toEpochMilli()),
                Long.toString(entry.finished().toEpochMilli()),
                Long.toString(entry.took().toNanos()),
                entry.sha256().orElse(""),
                entry.outcome());
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }
}
