package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.transfer.Transfers;
import dev.wherry.transfer.Verification;
import dev.wherry.transfer.VerifyOrder;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A file read again for a client. Now and then it says how far it is: a large file takes longer than an idle connection
 * may live.
 */
final class VerifyExchange {
    static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final Transfers transfers;
    private final VerifyOrder order;
    private final Exchange exchange;
    private final LongSupplier nanoClock;

    private long size;
    private long toldAt;

    VerifyExchange(Transfers transfers, VerifyOrder order, Exchange exchange, LongSupplier nanoClock) {
        this.transfers = transfers;
        this.order = order;
        this.exchange = exchange;
        this.nanoClock = nanoClock;
    }

    Future<Map<String, Object>> run() {
        return transfers.verify(order, this::read).compose(opened -> {
            if (exchange.interruption().isPresent()) {
                opened.close();
                return Future.failedFuture(exchange.interruption().get());
            }
            exchange.onInterrupt(why -> stop(opened, why));
            size = opened.entry().size();
            toldAt = nanoClock.getAsLong();
            return opened.run().map(outcome -> facts(order.path(), outcome));
        });
    }

    private static Future<Void> stop(Verification opened, FaultException why) {
        opened.stop(why);
        return Future.succeededFuture();
    }

    private void read(long bytes) {
        long now = nanoClock.getAsLong();
        if (now - toldAt >= TELL_EVERY.toNanos()) {
            toldAt = now;
            exchange.turn().mention(new Reply.Item(Map.of("read", bytes, "size", size)));
        }
    }

    private static Map<String, Object> facts(VirtualPath path, Verification.Outcome outcome) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("path", path.toString());
        facts.put("size", outcome.size());
        facts.put("computed", outcome.computed().hex());
        outcome.recorded().ifPresent(recorded -> {
            facts.put("recorded", recorded.hex());
            facts.put("equal", outcome.isAsRecorded());
        });
        return facts;
    }
}
