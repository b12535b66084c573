package dev.wherry.transfer;

import dev.wherry.bus.Event;
import dev.wherry.path.Sha256;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What happens to a transfer, told by the transfer itself. */
public sealed interface TransferEvent extends Event {
    TransferFacts about();

    record Started(TransferFacts about) implements TransferEvent {
        @Override
        public String event() {
            return "transfer-started";
        }

        @Override
        public JsonObject facts() {
            return common(about);
        }
    }

    /**
     * Told about twice a second while bytes flow.
     *
     * @param bytes of the whole file that have arrived at the other side, as far as the server knows
     * @param durable bytes of an upload that would survive a power cut; the same as {@code bytes} for a download
     */
    record Progress(TransferFacts about, long bytes, long durable) implements TransferEvent {
        @Override
        public String event() {
            return "transfer-progress";
        }

        @Override
        public JsonObject facts() {
            return common(about).put("bytes", bytes).put("durable", durable);
        }
    }

    /**
     * Told of a download when its first bytes are handed to the peer's side.
     *
     * @param took since it was opened
     */
    record FirstByte(TransferFacts about, Duration took) implements TransferEvent {
        @Override
        public String event() {
            return "transfer-first-byte";
        }

        @Override
        public JsonObject facts() {
            return common(about).put("seconds", took.toNanos() / 1e9);
        }
    }

    /**
     * @param bytes that this transfer moved, without what came before its offset
     * @param took from the request to the published file, or to the last byte handed over
     * @param sha256 of the whole file, when it is known
     * @param fault the code of what ended it; empty when it was done
     */
    record Finished(TransferFacts about, long bytes, Duration took, Optional<Sha256> sha256, Optional<String> fault)
            implements TransferEvent {
        @Override
        public String event() {
            return "transfer-finished";
        }

        @Override
        public JsonObject facts() {
            double seconds = took.toNanos() / 1e9;
            var facts = common(about)
                    .put("bytes", bytes)
                    .put("seconds", seconds)
                    .put("bytesPerSecond", seconds > 0 ? bytes / seconds : 0.0)
                    .put("outcome", fault.orElse("done"));
            sha256.ifPresent(digest -> facts.put("sha256", digest.hex()));
            return facts;
        }
    }

    private static JsonObject common(TransferFacts about) {
        var facts = new JsonObject()
                .put("transfer", about.id())
                .put("direction", about.direction().name().toLowerCase(Locale.ROOT))
                .put("account", about.account())
                .put("address", about.address())
                .put("door", about.door())
                .put("path", about.path().toString())
                .put("offset", about.offset());
        about.size().ifPresent(size -> facts.put("size", size));
        return facts;
    }
}
