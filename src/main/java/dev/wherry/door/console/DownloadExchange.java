package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.transfer.Download;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One download of a session: the version that is sent, its chunks, its end mark. */
final class DownloadExchange {
    private final Download download;
    private final long offset;
    private final Outbound outbound;

    DownloadExchange(Download download, long offset, Outbound outbound) {
        this.download = download;
        this.offset = offset;
        this.outbound = outbound;
    }

    Future<Map<String, Object>> run() {
        var entry = download.entry();
        outbound.send(new Reply.Data(
                entry.size(), offset, entry.modified(), entry.etag().orElseThrow(), entry.sha256()));
        return download.pour(this::chunk).onFailure(this::giveUp).map(this::done);
    }

    private void giveUp(Throwable failure) {
        var reason = FaultException.of(failure).getMessage();
        header(new ChunkHeader.GivenUp(Optional.of(reason)));
    }

    private Future<Void> chunk(Buffer piece) {
        header(new ChunkHeader.Bytes(piece.length()));
        outbound.write(piece);
        return outbound.ready();
    }

    private Map<String, Object> done(Download.Outcome outcome) {
        header(new ChunkHeader.End(outcome.computed()));
        var facts = new LinkedHashMap<String, Object>();
        facts.put("bytes", outcome.bytes());
        ReplyFacts.rate(facts, outcome.bytes(), outcome.took());
        return facts;
    }

    private void header(ChunkHeader header) {
        outbound.write(Buffer.buffer(ChunkHeader.write(header) + "\n"));
    }

    void lost(FaultException why) {
        download.stop(why);
    }
}
