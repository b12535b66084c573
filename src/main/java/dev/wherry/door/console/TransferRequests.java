package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.Request;
import dev.wherry.storage.KeptUpload;
import dev.wherry.storage.Storage;
import dev.wherry.storage.StorageRequest;
import dev.wherry.storage.backend.UploadId;
import dev.wherry.transfer.DownloadOrder;
import dev.wherry.transfer.ResumeOrder;
import dev.wherry.transfer.Resumed;
import dev.wherry.transfer.UploadOrder;
import dev.wherry.transfer.VerifyOrder;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The requests that move bytes, and those about uploads that wait to be finished. */
final class TransferRequests {
    private final ConsoleDoor door;
    private final ConsoleSession session;

    TransferRequests(ConsoleDoor door, ConsoleSession session) {
        this.door = door;
        this.session = session;
    }

    Future<Map<String, Object>> upload(Principal who, Request.Upload asked, Exchange exchange) {
        var order = new UploadOrder(
                who,
                session.address(),
                ConsoleDoor.NAME,
                asked.path(),
                asked.size(),
                asked.expected(),
                asked.parents(),
                asked.modified(),
                asked.source());
        var upload =
                new UploadExchange(door.transfers().upload(order), asked.path(), session::regulate, exchange.turn());
        session.receive(exchange, upload);
        exchange.onInterrupt(upload::lost);
        return upload.run();
    }

    /** Until it is known where the upload goes on, no bytes may come. */
    Future<Map<String, Object>> resume(Principal who, Request.Resume asked, Exchange exchange) {
        var order = new ResumeOrder(
                who,
                session.address(),
                ConsoleDoor.NAME,
                new UploadId(asked.upload()),
                asked.size(),
                asked.modified(),
                asked.to(),
                asked.expected(),
                Optional.empty());
        var early = new EarlyEnd();
        session.receive(exchange, early);
        return door.transfers().resume(order).compose(resumed -> switch (resumed) {
            case Resumed.Going going -> goOn(going, early, exchange);
            case Resumed.Finished finished -> Future.succeededFuture(facts(asked, finished));
        });
    }

    private Future<Map<String, Object>> goOn(Resumed.Going going, EarlyEnd early, Exchange exchange) {
        var upload = new UploadExchange(going.upload(), going.path(), session::regulate, exchange.turn());
        session.receive(exchange, upload);
        exchange.onInterrupt(upload::lost);
        var answer = upload.run();
        exchange.interruption().or(early::why).ifPresent(upload::giveUp);
        return answer;
    }

    private static Map<String, Object> facts(Request.Resume asked, Resumed.Finished finished) {
        var facts = ReplyFacts.of(finished.entry(), true);
        facts.put("path", finished.path().toString());
        facts.put("upload", asked.upload());
        return facts;
    }

    Future<Map<String, Object>> download(Principal who, Request.Download asked, Exchange exchange) {
        var order = new DownloadOrder(
                who,
                session.address(),
                ConsoleDoor.NAME,
                asked.path(),
                asked.offset(),
                asked.length(),
                asked.expected());
        return door.transfers().download(order).compose(opened -> {
            var download = new DownloadExchange(opened, asked.offset(), exchange.turn());
            if (exchange.interruption().isPresent()) {
                opened.close();
                return Future.failedFuture(exchange.interruption().get());
            }
            exchange.onInterrupt(why -> {
                download.lost(why);
                return Future.succeededFuture();
            });
            return download.run().onFailure(failure -> closeIfTooSlow(failure, exchange));
        });
    }

    Future<Map<String, Object>> verify(Principal who, VirtualPath path, Exchange exchange) {
        var order = new VerifyOrder(who, session.address(), ConsoleDoor.NAME, path);
        return new VerifyExchange(door.transfers(), order, exchange, door::now).run();
    }

    /** What is queued for a peer that takes nothing would be held for as long as the connection lives. */
    private static void closeIfTooSlow(Throwable failure, Exchange exchange) {
        if (FaultException.of(failure).fault() == Fault.TOO_SLOW) {
            exchange.closeAfterwards();
        }
    }

    Future<Map<String, Object>> list(Principal who, Turn turn) {
        return door.bus()
                .ask(Storage.UPLOADS, new StorageRequest.ListUploads(who))
                .map(uploads -> {
                    uploads.forEach(upload -> turn.send(new Reply.Item(facts(upload))));
                    return Map.of("count", uploads.size());
                });
    }

    private static Map<String, Object> facts(KeptUpload upload) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("upload", upload.id().value());
        facts.put("path", upload.path().toString());
        upload.size().ifPresent(size -> facts.put("size", size));
        facts.put("durable", upload.durable());
        facts.put("running", upload.isRunning());
        upload.modified().ifPresent(modified -> facts.put("modified", modified.toString()));
        upload.source().ifPresent(source -> facts.put("source", source));
        facts.put("begun", upload.begun().toString());
        facts.put("expires", upload.expires().toString());
        return facts;
    }

    Future<Map<String, Object>> cancel(Principal who, String upload) {
        var asked = new StorageRequest.Cancel(who, new UploadId(upload));
        return door.bus().ask(Storage.CANCEL, asked).map(done -> Map.of("upload", upload));
    }
}
