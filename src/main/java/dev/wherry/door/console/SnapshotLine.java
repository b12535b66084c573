package dev.wherry.door.console;

import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The snapshot of a second, as long as a line may be: of very many transfers it tells the fastest, in the order in
 * which they began, and how many others there are.
 */
final class SnapshotLine {
    static final String TRANSFERS = "transfers";
    static final String LEFT_OUT = "transfersLeftOut";

    /** What a line has before its object, in bytes. Within another object a comma takes its place. */
    private static final int WORD = "EVENT ".length();

    /** Stands for any count: none is longer. */
    private static final long MOST = Integer.MAX_VALUE;

    private SnapshotLine() {}

    /** @param unlisted transfers that run and are not in the snapshot, as far as its reader may know */
    static Reply.Event of(JsonObject snapshot, long unlisted) {
        var transfers = snapshot.getJsonArray(TRANSFERS, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
        var fitting = fitting(transfers, room(snapshot));
        long leftOut = transfers.size() - fitting.size() + unlisted;
        var told = snapshot.copy().put(TRANSFERS, new JsonArray(fitting));
        return new Reply.Event(ReplyFacts.of(leftOut > 0 ? told.put(LEFT_OUT, leftOut) : told));
    }

    /** Bytes that a line has for transfers, when all else of the snapshot is in it. */
    private static int room(JsonObject snapshot) {
        var rest = snapshot.copy().put(TRANSFERS, new JsonArray()).put(LEFT_OUT, MOST);
        return ReplyLine.MAX_BYTES - 1 - bytes(rest);
    }

    private static List<JsonObject> fitting(List<JsonObject> transfers, int room) {
        var fastest = IntStream.range(0, transfers.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -rate(transfers.get(i))))
                .toList();
        var chosen = new HashSet<Integer>();
        int left = room;
        for (int i : fastest) {
            int needed = bytes(transfers.get(i)) - WORD + 1;
            if (needed <= left) {
                left -= needed;
                chosen.add(i);
            }
        }
        return IntStream.range(0, transfers.size())
                .filter(chosen::contains)
                .mapToObj(transfers::get)
                .toList();
    }

    private static double rate(JsonObject transfer) {
        return transfer.getValue("bytesPerSecond") instanceof Number rate ? rate.doubleValue() : 0;
    }

    /** Of a line with this object alone. */
    private static int bytes(JsonObject object) {
        return ReplyLine.write(new Reply.Event(ReplyFacts.of(object))).getBytes(StandardCharsets.UTF_8).length;
    }
}
