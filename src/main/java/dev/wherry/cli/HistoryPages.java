package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.protocol.Facts;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The history, page by page, since a server gives so many at once. A page goes back from the moment at which the last
 * one ended, with it: several may have ended in one millisecond, and those that were told are left out.
 */
final class HistoryPages {
    private static final int PAGE = 1_000;

    private final Connection connection;
    private final Request.History asked;

    /** @param asked without a limit */
    HistoryPages(Connection connection, Request.History asked) {
        this.connection = connection;
        this.asked = asked;
    }

    /** Tells so many at most, the newest first; answers whether there are more. */
    boolean read(long most, Consumer<Map<String, Object>> rows) throws IOException {
        long left = most;
        Set<Map<String, Object>> told = Set.of();
        var until = asked.until();
        while (true) {
            var page = new ArrayList<Map<String, Object>>();
            long limit = Math.min(PAGE, left) + told.size();
            boolean more = page(until, Math.min(PAGE, limit), page);
            var last = told;
            var fresh =
                    page.stream().filter(row -> !last.contains(row)).limit(left).toList();
            fresh.forEach(rows);
            left -= fresh.size();
            if (!more || left == 0 || fresh.isEmpty()) {
                return more;
            }
            var end = finished(fresh.getLast());
            told = endedAt(end, page, told);
            until = Optional.of(end.plusMillis(1));
        }
    }

    private boolean page(Optional<Instant> until, long limit, List<Map<String, Object>> page) throws IOException {
        var request = new Request.History(asked.since(), until, OptionalLong.of(limit), asked.user(), asked.path());
        return new Facts(connection.ask(request, page::add))
                .optionalFlag("more")
                .orElse(false);
    }

    private static Instant finished(Map<String, Object> row) {
        return Instant.parse(new Facts(row).text("finished"));
    }

    private static Set<Map<String, Object>> endedAt(
            Instant end, List<Map<String, Object>> page, Set<Map<String, Object>> before) {
        var ended = new HashSet<>(before);
        ended.addAll(page);
        ended.removeIf(row -> !finished(row).equals(end));
        return ended;
    }
}
