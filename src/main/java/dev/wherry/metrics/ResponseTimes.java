package dev.wherry.metrics;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;

/** How long requests took: over the last minute for all, since the start for each verb. Belongs to one thread. */
final class ResponseTimes {
    private static final Duration SLICE = Duration.ofSeconds(10);
    private static final int SLICES = 6;

    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    /** The slices together, as they were when it was last asked for. */
    private final Spread lastMinute = Spread.ofSeconds();

    private long lastMinuteAt = -1;
    private final Map<String, Spread> perVerb = new TreeMap<>();
    private long failed;

    void answered(RequestAnswered request, Instant now) {
        slice(now).spread.add(request.took());
        lastMinuteAt = -1;
        perVerb.computeIfAbsent(Labels.verb(request.verb()), ignored -> Spread.ofSeconds())
                .add(request.took());
        if (!request.outcome().equals("done")) {
            failed++;
        }
    }

    /** Six slices at most: the oldest is used again. */
    private Slice slice(Instant now) {
        long index = now.getEpochSecond() / SLICE.toSeconds();
        if (!slices.isEmpty() && slices.getLast().index == index) {
            return slices.getLast();
        }
        var spread = slices.size() < SLICES ? Spread.ofSeconds() : slices.removeFirst().spread;
        spread.clear();
        slices.addLast(new Slice(index, spread));
        return slices.getLast();
    }

    Spread lastMinute(Instant now) {
        long index = now.getEpochSecond() / SLICE.toSeconds();
        if (index != lastMinuteAt) {
            lastMinuteAt = index;
            lastMinute.clear();
            slices.stream()
                    .filter(slice -> slice.index > index - SLICES && slice.index <= index)
                    .forEach(slice -> lastMinute.addAll(slice.spread));
        }
        return lastMinute;
    }

    long count() {
        return perVerb.values().stream().mapToLong(Spread::count).sum();
    }

    long failed() {
        return failed;
    }

    JsonObject perVerb() {
        var json = new JsonObject();
        perVerb.forEach((verb, spread) -> json.put(verb, spread.json()));
        return json;
    }

    private record Slice(long index, Spread spread) {}
}
