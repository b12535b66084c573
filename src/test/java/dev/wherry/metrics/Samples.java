package dev.wherry.metrics;

import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.transfer.TransferEvent;
import dev.wherry.transfer.TransferFacts;
import dev.wherry.transfer.TransferFacts.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Events as the engine and the doors tell them. */
final class Samples {
    static final Sha256 DIGEST = new Sha256("ab".repeat(32));

    private Samples() {}

    static TransferFacts upload(String id, long size) {
        return facts(id, Direction.UPLOAD, OptionalLong.of(size), 0);
    }

    static TransferFacts download(String id, long size) {
        return facts(id, Direction.DOWNLOAD, OptionalLong.of(size), 0);
    }

    static TransferFacts facts(String id, Direction direction, OptionalLong size, long offset) {
        return new TransferFacts(
                id, direction, "alice", "192.0.2.7", "console", VirtualPath.parse("/pictures/" + id), size, offset);
    }

    static TransferEvent.Started started(TransferFacts about) {
        return new TransferEvent.Started(about);
    }

    static TransferEvent.Progress progress(TransferFacts about, long bytes, long durable) {
        return new TransferEvent.Progress(about, bytes, durable);
    }

    static TransferEvent.Finished done(TransferFacts about, long bytes, Duration took) {
        return new TransferEvent.Finished(about, bytes, took, Optional.of(DIGEST), Optional.empty());
    }

    static TransferEvent.Finished failed(TransferFacts about, long bytes, String fault) {
        return new TransferEvent.Finished(about, bytes, Duration.ofSeconds(1), Optional.empty(), Optional.of(fault));
    }

    static RequestAnswered request(String verb, String outcome, Duration took) {
        return new RequestAnswered("console", verb, "alice", "192.0.2.7", outcome, took);
    }
}
