package dev.wherry.cli;

import dev.wherry.protocol.Facts;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Transfers as comma-separated values (RFC 4180), but for line ends, which are those of this system. A program is given
 * every character as it is; on a terminal nothing can move the cursor.
 */
final class Csv implements HistoryCommand.Format {
    private static final List<String> COLUMNS = List.of(
            "finished",
            "started",
            "direction",
            "account",
            "address",
            "door",
            "path",
            "size",
            "offset",
            "bytes",
            "seconds",
            "bytesPerSecond",
            "outcome",
            "sha256",
            "transfer");

    private final Screen screen;

    Csv(Screen screen) {
        this.screen = screen;
        line(String.join(",", COLUMNS));
    }

    @Override
    public void row(Facts transfer) {
        line(COLUMNS.stream()
                .map(name -> cell(transfer.all().getOrDefault(name, "")))
                .collect(Collectors.joining(",")));
    }

    static String cell(Object value) {
        var text = String.valueOf(value);
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void line(String line) {
        if (screen.isInteractive()) {
            screen.say(line);
        } else {
            screen.raw(line);
        }
    }
}
