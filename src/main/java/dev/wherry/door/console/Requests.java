package dev.wherry.door.console;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Request;
import dev.wherry.protocol.Verb;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/** From a request to what does it: the facts of its {@code OK}, or the fault of its {@code ERR}. */
final class Requests {
    private final ConsoleDoor door;
    private final ConsoleSession session;
    private final AccountRequests accounts;
    private final TreeRequests tree;
    private final TransferRequests transfers;
    private final MetricsRequests metrics;
    private final TokenRequests tokens;
    private final QuotaRequests quotas;

    Requests(ConsoleDoor door, ConsoleSession session) {
        this.door = door;
        this.session = session;
        this.accounts = new AccountRequests(door.bus(), session);
        this.tree = new TreeRequests(door.bus(), door.transfers(), session.address());
        this.transfers = new TransferRequests(door, session);
        this.metrics = new MetricsRequests(door.bus());
        this.tokens = new TokenRequests(door.bus());
        this.quotas = new QuotaRequests(door.bus());
    }

    Future<Map<String, Object>> run(Request request, Exchange exchange) {
        return switch (request) {
            case Request.Malformed malformed -> malformed(malformed, exchange);
            case Request.Help(var verb) -> help(verb);
            case Request.Quit() -> quit(exchange);
            case Request.LoginPassword login -> accounts.login(login);
            case Request.LoginToken login -> accounts.login(login);
            default -> known(request, exchange);
        };
    }

    private Future<Map<String, Object>> malformed(Request.Malformed malformed, Exchange exchange) {
        if (malformed.close() || (malformed.hasDataPhase() && session.who().isEmpty())) {
            exchange.closeAfterwards();
        }
        return Future.failedFuture(malformed.fault());
    }

    private static Future<Map<String, Object>> help(Optional<String> verb) {
        return Future.succeededFuture(Map.of("text", Verb.help(verb)));
    }

    private static Future<Map<String, Object>> quit(Exchange exchange) {
        exchange.closeAfterwards();
        return Future.succeededFuture(ReplyFacts.none());
    }

    /** What needs a login; an upload without one cannot be kept in step with, and ends the connection. */
    private Future<Map<String, Object>> known(Request request, Exchange exchange) {
        var who = session.who();
        if (who.isEmpty()) {
            if (request.hasDataPhase()) {
                exchange.closeAfterwards();
            }
            return Future.failedFuture(Fault.LOGIN_REQUIRED.because("log in first: LOGIN user password"));
        }
        return oneTimePassword(request, who.get())
                .<Future<Map<String, Object>>>map(Future::failedFuture)
                .orElseGet(() -> run(request, who.get(), exchange));
    }

    private static Optional<FaultException> oneTimePassword(Request request, Principal who) {
        boolean allowed = request instanceof Request.WhoAmI
                || request instanceof Request.ChangePassword
                || request instanceof Request.Logout;
        return who.mustChangePassword() && !allowed
                ? Optional.of(
                        Fault.PASSWORD_CHANGE_REQUIRED.because("change the one-time password first: PASSWORD old new"))
                : Optional.empty();
    }

    private Future<Map<String, Object>> run(Request request, Principal who, Exchange exchange) {
        return switch (request) {
            case Request.Ping() -> Future.succeededFuture(ReplyFacts.none());
            case Request.WhoAmI() -> accounts.whoAmI(who);
            case Request.Logout(var all) -> accounts.logout(who, all);
            case Request.ChangePassword change -> accounts.changePassword(who, change);
            case Request.UserAdd add -> accounts.addUser(who, add);
            case Request.UserList() -> accounts.listUsers(who, exchange.turn());
            case Request.UserRemove(var name) -> accounts.removeUser(who, name);
            case Request.UserReset(var name) -> accounts.resetUser(who, name);
            case Request.ListFolder list -> tree.list(who, list, exchange.turn());
            case Request.Stat(var path) -> tree.stat(who, path);
            case Request.Delete delete -> tree.delete(who, delete);
            case Request.MakeFolder(var path) -> tree.makeFolder(who, path);
            case Request.RemoveFolder remove -> tree.removeFolder(who, remove);
            case Request.Move move -> tree.move(who, move);
            case Request.Upload upload -> transfers.upload(who, upload, exchange);
            case Request.Download download -> transfers.download(who, download, exchange);
            case Request.Tail tail -> tail(who, tail, exchange);
            case Request.Resume resume -> transfers.resume(who, resume, exchange);
            case Request.Uploads() -> transfers.list(who, exchange.turn());
            case Request.Cancel(var upload) -> transfers.cancel(who, upload);
            case Request.Verify(var path) -> transfers.verify(who, path, exchange);
            case Request.Transfers() -> metrics.transfers(who, exchange.turn());
            case Request.Stats() -> metrics.stats(who);
            case Request.History history -> metrics.history(who, history, exchange.turn());
            case Request.UserRights rights -> accounts.setRights(who, rights);
            case Request.UserExplain explain -> accounts.explain(who, explain);
            case Request.TokenCreate create -> tokens.create(who, create);
            case Request.TokenList() -> tokens.list(who, exchange.turn());
            case Request.TokenRevoke(var name) -> tokens.revoke(who, name);
            case Request.QuotaSet set -> quotas.set(who, set);
            case Request.QuotaList() -> quotas.list(who, exchange.turn());
            case Request.QuotaRemove(var path) -> quotas.remove(who, path);
            case Request.Help ignored -> throw early(request);
            case Request.Quit ignored -> throw early(request);
            case Request.LoginPassword ignored -> throw early(request);
            case Request.LoginToken ignored -> throw early(request);
            case Request.Malformed ignored -> throw early(request);
        };
    }

    private static IllegalStateException early(Request request) {
        return new IllegalStateException("answered before it is asked who asks: " + request);
    }

    private Future<Map<String, Object>> tail(Principal who, Request.Tail asked, Exchange exchange) {
        var tail = new TailExchange(door.bus(), who, asked, exchange.turn());
        exchange.goLive(door.now(), tail::end);
        exchange.onInterrupt(tail::stop);
        return tail.run();
    }
}
