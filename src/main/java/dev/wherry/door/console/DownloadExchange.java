package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.ChunkHeader;
import dev.wherry.protocol.Reply;
import dev.wherry.transfer.Download;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One download of a session: the version that is sent, its chunks, its end mark. */
final class DownloadExchange {
    private final Download download;
    private final long offset;
    private final Turn turn;
    private final Promise<Map<String, Object>> answer = Promise.promise();

    DownloadExchange(Download download, long offset, Turn turn) {
        this.download = download;
        this.offset = offset;
        this.turn = turn;
    }

    /** Sends it when its turn has come: until then the version is held, and nothing is said. */
    Future<Map<String, Object>> run() {
        turn.come().onSuccess(ignored -> send());
        return answer.future();
    }

    private void send() {
        if (answer.future().isComplete()) {
            return;
        }
        var entry = download.entry();
        turn.send(new Reply.Data(
                entry.size(), offset, entry.modified(), entry.etag().orElseThrow(), entry.sha256()));
        download.pour(this::chunk, turn::queued, this::left)
                .onFailure(this::giveUp)
                .map(this::done)
                .onSuccess(answer::tryComplete)
                .onFailure(answer::tryFail);
    }

    private void giveUp(Throwable failure) {
        turn.room(Outbound.QUEUE_BYTES);
        var reason = FaultException.of(failure).getMessage();
        header(new ChunkHeader.GivenUp(Optional.of(reason)));
    }

    private Future<Void> chunk(Buffer piece) {
        turn.room((int) download.room(Outbound.MOST_BYTES));
        header(new ChunkHeader.Bytes(piece.length()));
        turn.write(piece);
        return turn.ready();
    }

    /** What follows on this connection, such as a list, gets no more room than others have. */
    private Future<Void> left() {
        turn.room(Outbound.QUEUE_BYTES);
        return turn.left();
    }

    private Map<String, Object> done(Download.Outcome outcome) {
        header(new ChunkHeader.End(outcome.computed()));
        var facts = new LinkedHashMap<String, Object>();
        facts.put("bytes", outcome.bytes());
        ReplyFacts.rate(facts, outcome.bytes(), outcome.took());
        return facts;
    }

    private void header(ChunkHeader header) {
        turn.write(Buffer.buffer(ChunkHeader.write(header) + "\n"));
    }

    /** Ends it where it is: an end that was begun to be sent is given up, one that was not is answered at once. */
    void lost(FaultException why) {
        boolean begun = turn.come().isComplete();
        download.stop(why);
        if (!begun) {
            answer.tryFail(why);
        }
    }
}
