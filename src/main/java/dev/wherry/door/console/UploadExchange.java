package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.Upload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/** One upload of a session: its chunks go to the engine, its progress and its outcome to the client. */
final class UploadExchange implements DataPhase {
    private final Upload upload;
    private final VirtualPath path;
    private final Runnable regulate;
    private final Turn turn;
    private final Promise<Map<String, Object>> answer = Promise.promise();

    private Future<UploadId> begun = Future.failedFuture("not begun");
    private boolean complete;

    /** @param regulate told when there is room for more */
    UploadExchange(Upload upload, VirtualPath path, Runnable regulate, Turn turn) {
        this.upload = upload;
        this.path = path;
        this.regulate = regulate;
        this.turn = turn;
    }

    /** Runs to the published file or to the fault that ended it. */
    Future<Map<String, Object>> run() {
        upload.onFailure(why -> answer.tryFail(resumable(why)));
        upload.onProgress(this::acknowledge);
        upload.onDrain(regulate);
        begun = upload.begin()
                .onSuccess(id -> turn.send(new Reply.Send(id.value(), upload.offset())))
                .onFailure(answer::tryFail);
        return answer.future();
    }

    /** A client that does not read is told less, not later. */
    private void acknowledge(Upload.Marks marks) {
        turn.mention(new Reply.Ack(marks.received(), marks.durable()));
    }

    @Override
    public void chunk(ByteBuffer bytes) {
        upload.write(bytes);
    }

    @Override
    public boolean isFull() {
        return upload.isFull();
    }

    @Override
    public void keepAlive() {
        upload.keepAlive();
    }

    @Override
    public void end(Sha256 digest) {
        complete = true;
        begun.compose(id -> upload.finish(Optional.of(digest)).map(this::published))
                .onSuccess(answer::tryComplete)
                .onFailure(answer::tryFail);
    }

    private Map<String, Object> published(Upload.Outcome outcome) {
        var facts = ReplyFacts.of(outcome.entry(), true);
        facts.put("path", path.toString());
        facts.put("sha256", outcome.sha256().hex());
        facts.put("upload", begun.result().value());
        ReplyFacts.rate(facts, outcome.bytes(), outcome.took());
        return facts;
    }

    @Override
    public void giveUp(FaultException why) {
        begun.compose(id -> upload.stop(why)).onComplete(ignored -> answer.tryFail(resumable(why)));
    }

    /** The connection or the session ended: what came stays resumable; what came whole is published. */
    Future<Void> lost(FaultException why) {
        return complete
                ? answer.future().transform(ignored -> Future.succeededFuture())
                : upload.stop(why).onComplete(ignored -> answer.tryFail(resumable(why)));
    }

    private FaultException resumable(FaultException why) {
        return begun.succeeded()
                ? why.with("upload", begun.result().value())
                        .with("durable", upload.marks().durable())
                : why;
    }
}
