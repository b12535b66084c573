package dev.wherry.door.console;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import dev.wherry.metrics.Audience;
import dev.wherry.metrics.HistoryEntry;
import dev.wherry.metrics.Metrics;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests about what runs, what ran, and what it adds up to. Who administers everything sees everybody's. */
final class MetricsRequests {
    private static final int USUAL_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    private final Bus bus;

    MetricsRequests(Bus bus) {
        this.bus = bus;
    }

    Future<Map<String, Object>> transfers(Principal who, Turn turn) {
        return bus.ask(Auth.CURRENT, who)
                .compose(today -> bus.ask(Metrics.RUNNING, new Metrics.RunningQuery(Audience.of(today))))
                .map(running -> {
                    running.forEach(transfer -> turn.send(new Reply.Item(ReplyFacts.of(transfer))));
                    return Map.of("count", running.size());
                });
    }

    Future<Map<String, Object>> stats(Principal who) {
        return bus.ask(Auth.CURRENT, who)
                .compose(today -> bus.ask(Metrics.STATS, new Metrics.StatsQuery()))
                .map(ReplyFacts::of);
    }

    Future<Map<String, Object>> history(Principal who, Request.History asked, Turn turn) {
        int limit = (int) Math.min(asked.limit().orElse(USUAL_LIMIT), MAX_LIMIT);
        return bus.ask(Auth.CURRENT, who)
                .map(today -> new Metrics.HistoryQuery(
                        asked.since(),
                        asked.until(),
                        Audience.of(today).narrowed(asked.user()),
                        asked.path(),
                        today.reach(),
                        // One more than is told, to know whether there is one.
                        limit + 1))
                .compose(query -> bus.ask(Metrics.HISTORY, query))
                .map(found -> items(found, limit, turn));
    }

    private static Map<String, Object> items(List<HistoryEntry> found, int limit, Turn turn) {
        var told = found.subList(0, Math.min(limit, found.size()));
        told.forEach(entry -> turn.send(new Reply.Item(facts(entry))));
        return Map.of("count", told.size(), "more", found.size() > limit);
    }

    private static Map<String, Object> facts(HistoryEntry entry) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("transfer", entry.transfer());
        facts.put("direction", entry.direction());
        facts.put("account", entry.account());
        facts.put("address", entry.address());
        facts.put("door", entry.door());
        facts.put("path", entry.path());
        facts.put("offset", entry.offset());
        entry.size().ifPresent(size -> facts.put("size", size));
        facts.put("bytes", entry.bytes());
        facts.put("started", entry.started().toString());
        facts.put("finished", entry.finished().toString());
        ReplyFacts.rate(facts, entry.bytes(), entry.took());
        facts.put("outcome", entry.outcome());
        entry.sha256().ifPresent(sha256 -> facts.put("sha256", sha256));
        return facts;
    }
}
