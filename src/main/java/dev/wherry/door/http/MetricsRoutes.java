package dev.wherry.door.http;

import dev.wherry.bus.Bus;
import dev.wherry.fault.Fault;
import dev.wherry.metrics.Audience;
import dev.wherry.metrics.HistoryEntry;
import dev.wherry.metrics.Metrics;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs, what ran, and what it adds up to. Who administers everything sees everybody's. */
final class MetricsRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Bus bus;

    MetricsRoutes(Bus bus) {
        this.bus = bus;
    }

    Future<Void> transfers(Call call) {
        return bus.ask(Metrics.RUNNING, new Metrics.RunningQuery(Audience.of(call.who())))
                .compose(call::items);
    }

    Future<Void> stats(Call call) {
        return bus.ask(Metrics.STATS, new Metrics.StatsQuery()).compose(call::answer);
    }

    Future<Void> history(Call call) {
        int limit = limit(call);
        var query = new Metrics.HistoryQuery(
                call.query("since").map(text -> Asked.time("since", text)),
                call.query("until").map(text -> Asked.time("until", text)),
                Audience.of(call.who()).narrowed(call.query("user")),
                call.query("path").map(VirtualPath::parse),
                call.who().reach(),
                // One more than is told, to know whether there is one.
                limit + 1);
        return bus.ask(Metrics.HISTORY, query).compose(found -> {
            var told = found.subList(0, Math.min(limit, found.size()));
            return call.query("format").filter("csv"::equals).isPresent()
                    ? csv(call, told)
                    : call.answer(new JsonObject()
                            .put(
                                    "items",
                                    new JsonArray(told.stream()
                                            .map(MetricsRoutes::facts)
                                            .toList()))
                            .put("more", found.size() > limit));
        });
    }

    private static int limit(Call call) {
        return call.query("limit")
                .map(text -> {
                    if (!text.matches("[1-9][0-9]{0,8}")) {
                        throw Fault.MALFORMED
                                .because("\"limit\" is a number, 1 or more")
                                .with("name", "limit");
                    }
                    return Math.min(Integer.parseInt(text), MAX_LIMIT);
                })
                .orElse(USUAL_LIMIT);
    }

    private static JsonObject facts(HistoryEntry entry) {
        var facts = new JsonObject()
                .put("transfer", entry.transfer())
                .put("direction", entry.direction())
                .put("account", entry.account())
                .put("address", entry.address())
                .put("door", entry.door())
                .put("path", entry.path())
                .put("offset", entry.offset());
        entry.size().ifPresent(size -> facts.put("size", size));
        double seconds = entry.took().toNanos() / 1e9;
        facts.put("bytes", entry.bytes())
                .put("started", entry.started().toString())
                .put("finished", entry.finished().toString())
                .put("seconds", seconds)
                .put("bytesPerSecond", seconds > 0 ? entry.bytes() / seconds : 0.0)
                .put("outcome", entry.outcome());
        entry.sha256().ifPresent(sha256 -> facts.put("sha256", sha256));
        return facts;
    }

    private static final List<String> COLUMNS = List.of(
            "finished", "direction", "account", "address", "door", "path", "bytes", "seconds", "outcome", "sha256");

    private static Future<Void> csv(Call call, List<HistoryEntry> entries) {
        var lines = Stream.concat(
                        Stream.of(String.join(",", COLUMNS)),
                        entries.stream().map(MetricsRoutes::facts).map(MetricsRoutes::csvLine))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
        call.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8; header=present")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("Content-Disposition", "attachment; filename=\"history.csv\"");
        return call.end(Buffer.buffer(lines));
    }

    private static String csvLine(JsonObject facts) {
        return COLUMNS.stream()
                .map(column -> csvValue(String.valueOf(facts.getValue(column, ""))))
                .collect(Collectors.joining(","));
    }

    /** Quoted as RFC 4180 says; what a spreadsheet would take for a formula is text, for names are data. */
    private static String csvValue(String text) {
        var safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
