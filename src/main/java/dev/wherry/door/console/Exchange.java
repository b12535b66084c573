package dev.wherry.door.console;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/** One request from its line to its final reply. Confined to the connection's event loop. */
final class Exchange {
    private final Request request;
    private final long startedAt;

    private Optional<FaultException> interruption = Optional.empty();
    private boolean answered;
    private boolean closes;
    private boolean live;
    private Runnable ended = () -> {};
    private Function<FaultException, Future<Void>> interrupter = why -> Future.succeededFuture();

    /** @param startedAt when its line was read, in nanoseconds */
    Exchange(Request request, long startedAt) {
        this.request = request;
        this.startedAt = startedAt;
    }

    /** What was asked, from the closed set of verbs; how it was asked matters to nobody who counts. */
    String verb() {
        return switch (request) {
            case Request.Help ignored -> "help";
            case Request.LoginPassword ignored -> "login";
            case Request.LoginToken ignored -> "login";
            case Request.Logout ignored -> "logout";
            case Request.Quit ignored -> "quit";
            case Request.WhoAmI ignored -> "whoami";
            case Request.ChangePassword ignored -> "password";
            case Request.Ping ignored -> "ping";
            case Request.ListFolder ignored -> "list";
            case Request.Stat ignored -> "stat";
            case Request.Upload ignored -> "upload";
            case Request.Download ignored -> "download";
            case Request.Delete ignored -> "delete";
            case Request.MakeFolder ignored -> "mkdir";
            case Request.RemoveFolder ignored -> "rmdir";
            case Request.Move ignored -> "move";
            case Request.Tail ignored -> "tail";
            case Request.UserAdd ignored -> "user";
            case Request.UserList ignored -> "user";
            case Request.UserRemove ignored -> "user";
            case Request.UserReset ignored -> "user";
            case Request.Malformed ignored -> "malformed";
        };
    }

    long startedAt() {
        return startedAt;
    }

    /** How to end it before its time; done when it has ended. */
    void onInterrupt(Function<FaultException, Future<Void>> how) {
        interrupter = how;
    }

    /** Ends it if it can be ended; what cannot, such as a deletion, is answered when it is done. */
    Future<Void> interrupt(FaultException why) {
        if (answered) {
            return Future.succeededFuture();
        }
        interruption = Optional.of(why);
        return interrupter.apply(why);
    }

    /** Why it is to end, where that was said before it could be. */
    Optional<FaultException> interruption() {
        return interruption;
    }

    /** It goes on until the client sends another line, which is read meanwhile. */
    void goLive(Runnable atNextLine) {
        live = true;
        ended = atNextLine;
    }

    /** The next line has come: it ends well. */
    void endLive() {
        ended.run();
    }

    boolean isLive() {
        return live && !answered;
    }

    boolean holdsTheLine() {
        return !answered && !live;
    }

    /** The connection is closed behind its answer. */
    void closeAfterwards() {
        closes = true;
    }

    boolean closesAfterwards() {
        return closes;
    }

    void answered() {
        answered = true;
    }

    boolean isAnswered() {
        return answered;
    }
}
