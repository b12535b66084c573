package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.transfer.Arrivals;
import dev.wherry.transfer.Upload;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The body of a request, on its way into an upload. While the upload is full the request is paused, so that a client
 * who sends faster than the disk writes is held up by TCP and not by our memory. Belongs to one event loop.
 */
final class BodyFeed {
    private final HttpServerRequest request;
    private final Upload upload;
    private final Consumer<ByteBuffer> beside;
    private final Promise<Void> whole = Promise.promise();

    /** @param beside sees each piece first, without consuming it; may throw a fault to refuse it */
    private BodyFeed(HttpServerRequest request, Upload upload, Consumer<ByteBuffer> beside) {
        this.request = request;
        this.upload = upload;
        this.beside = beside;
    }

    /**
     * Feeds all of the body to an upload that has begun.
     *
     * @return done at the end of the body; {@code stopped} when the connection broke before, else what ended the upload
     */
    static Future<Void> feed(Call call, Upload upload, Consumer<ByteBuffer> beside) {
        var feed = new BodyFeed(call.request(), upload, beside);
        feed.run();
        call.onInterrupt(feed.whole::tryFail);
        return feed.whole.future();
    }

    private void run() {
        var arrivals = RequestFlow.arrivals(request);
        arrivals.ifPresent(Arrivals::open);
        whole.future().onComplete(over -> arrivals.ifPresent(Arrivals::close));
        upload.onFailure(whole::tryFail);
        upload.onDrain(() -> RequestFlow.resume(request));
        Body.welcome(request);
        request.handler(piece -> {
            take(((BufferInternal) piece).getByteBuf().nioBuffer());
            Arrivals.done(piece);
        });
        request.endHandler(end -> ended());
        request.exceptionHandler(failure -> whole.tryFail(broken()));
        if (request.response().closed()) {
            // It broke while nobody was listening yet.
            whole.tryFail(broken());
        } else if (request.isEnded()) {
            ended();
        } else {
            RequestFlow.resume(request);
        }
    }

    /** An upload that failed says so itself, a moment later. */
    private void ended() {
        if (upload.takesBytes()) {
            whole.tryComplete();
        }
    }

    private void take(ByteBuffer bytes) {
        if (whole.future().isComplete()) {
            return;
        }
        try {
            beside.accept(bytes.duplicate());
            upload.write(bytes);
        } catch (RuntimeException | OutOfMemoryError failure) {
            // Whoever calls would go on with the next piece, and leave a hole.
            whole.tryFail(FaultException.of(failure));
            return;
        }
        if (upload.isFull()) {
            RequestFlow.pause(request);
        }
    }

    private static FaultException broken() {
        return Fault.STOPPED.because("the body ended before its end: the connection was lost");
    }
}
