package dev.wherry.cli;

import dev.wherry.protocol.Facts;
import java.util.List;
import java.util.Map;

/**
 * The transfers that run, as a snapshot tells them.
 *
 * @param leftOut how many more there are, of which nothing was told
 */
record RunningNow(List<Running> transfers, long leftOut) {
    /** None where the snapshot tells none. */
    static RunningNow of(Map<String, Object> snapshot) {
        var transfers = snapshot.get("transfers") instanceof List<?> list
                ? list.stream()
                        .map(item -> Running.of(
                                new Facts(Map.of("item", item)).inner("item").all()))
                        .toList()
                : List.<Running>of();
        return new RunningNow(
                transfers,
                new Facts(snapshot).optionalNumber("transfersLeftOut").orElse(0));
    }

    boolean isEmpty() {
        return transfers.isEmpty() && leftOut == 0;
    }
}
