package dev.wherry.door.http;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.transfer.Backlog;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every request passes before it does anything: is it meant for this server, did our page send it, who asks. And
 * the one place where a failure becomes an answer.
 */
final class Gateway {
    private static final String UPLOADS = "/uploads";
    private static final String LOGIN = "login";
    /** Bytes of what anybody may send: several times the longest name with the longest password. */
    private static final int MOST_LOGIN = 8 * 1024;

    /** What was said of content that is not sent after all. */
    private static final List<String> CONTENT = List.of(
            "content-length",
            "transfer-encoding",
            "content-disposition",
            "content-security-policy",
            "etag",
            "last-modified",
            "accept-ranges",
            "repr-digest");

    private static final String ENTERED = "wherry.entered";

    private final HttpDoor door;
    private final Connections connections;
    private final Page page;
    private final Hosts hosts;
    private final SiteCheck site;
    private final List<Route> routes;

    Gateway(HttpDoor door, Connections connections, Page page) {
        this.door = door;
        this.connections = connections;
        this.page = page;
        this.hosts = new Hosts(door.config().http(), door.parts().hosts());
        this.site = new SiteCheck(door.config().http());
        this.routes = Routes.of(door);
    }

    Router router() {
        var router = Router.router(door.vertx());
        router.route().handler(this::enter);
        router.options(UPLOADS).handler(this::options);
        router.options(UPLOADS + "/*").handler(this::options);
        router.post("/session").handler(this::logIn);
        routes.forEach(
                route -> router.route(route.method(), route.path()).handler(context -> identify(context, route)));
        // What GET answers, HEAD does, without its content: HTTP leaves that away by itself.
        routes.stream()
                .filter(route -> route.method().equals(HttpMethod.GET))
                .forEach(route -> router.head(route.path()).handler(context -> identify(context, route)));
        new EventBridge(door, site).mount(router, this::peer);
        router.route().handler(this::page);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, this::failed);
        }
        return router;
    }

    /** Nothing of the body may be lost while it is found out who asks. */
    private void enter(RoutingContext context) {
        var request = context.request();
        connections.asked(request);
        RequestFlow.pause(request);
        // A connection that breaks is no accident; whoever reads or writes notices it where it matters.
        request.exceptionHandler(ignored -> {});
        context.response().exceptionHandler(ignored -> {});
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.DATE, FileHeaders.date(Instant.now()));
        if (request.path() != null && request.path().startsWith(UPLOADS)) {
            context.response().putHeader(TusRoutes.RESUMABLE, TusRoutes.VERSION);
        }
        var peer = Peer.of(request, door.config().http());
        context.put(ENTERED, new Entered(peer, door.now()));
        hosts.refusal(request)
                .or(() -> site.refusal(request, peer))
                .ifPresentOrElse(refused -> refuse(context, "refused", Optional.empty(), refused), context::next);
    }

    private Peer peer(RoutingContext context) {
        return entered(context).peer();
    }

    /** The router refuses some requests before they come here. */
    private Entered entered(RoutingContext context) {
        return Optional.<Entered>ofNullable(context.get(ENTERED))
                .orElseGet(() ->
                        new Entered(Peer.of(context.request(), door.config().http()), door.now()));
    }

    private void options(RoutingContext context) {
        TusRoutes.options(context.response(), door.config().files().maxSize());
        leave(context, "options", Optional.empty());
    }

    private void logIn(RoutingContext context) {
        var session = new SessionRoutes(door);
        new Body(context.request(), context.vertx(), door.config().http())
                .json(MOST_LOGIN)
                .compose(asked -> session.logIn(asked, peer(context), context.request()))
                .onSuccess(who -> {
                    connections.known(context.request());
                    leave(context, LOGIN, Optional.of(who));
                })
                .onFailure(failure -> refuse(context, LOGIN, Optional.empty(), failure));
    }

    private void identify(RoutingContext context, Route route) {
        Future<Principal> known;
        try {
            known = door.callers().who(context.request(), peer(context));
        } catch (FaultException malformed) {
            known = Future.failedFuture(malformed);
        }
        known.onFailure(stranger -> turnAway(context, route, stranger)).onSuccess(who -> run(context, route, who));
    }

    /** Whoever asks whether they are anybody is not refused: browsers log every refusal as an error of the page. */
    private void turnAway(RoutingContext context, Route route, Throwable stranger) {
        boolean isAnswer = SessionRoutes.asksForAnybody(context.request())
                && FaultException.of(stranger).fault().httpStatus() == 401;
        if (!isAnswer) {
            refuse(context, route.word(), Optional.empty(), stranger);
            return;
        }
        forgetDeadCookie(context);
        SessionRoutes.nobody(context.request());
        leave(context, route.word(), Optional.empty());
    }

    private void run(RoutingContext context, Route route, Principal who) {
        connections.known(context.request());
        if (who.mustChangePassword() && !route.withOneTimePassword()) {
            refuse(
                    context,
                    route.word(),
                    Optional.of(who),
                    Fault.PASSWORD_CHANGE_REQUIRED.because(
                            "change the one-time password first: PUT /account/password, or on the page"));
            return;
        }
        door.run(new Call(context, peer(context), who, door), route)
                .onSuccess(done -> leave(context, route.word(), Optional.of(who)))
                .onFailure(failure -> refuse(context, route.word(), Optional.of(who), failure));
    }

    private void page(RoutingContext context) {
        page.answer(context.request())
                .ifPresentOrElse(
                        sent -> leave(context, "page", Optional.empty()),
                        () -> refuse(context, "unknown", Optional.empty(), nothing(context.request())));
    }

    private FaultException nothing(HttpServerRequest request) {
        var path = Optional.ofNullable(request.path()).orElse("");
        var allowed = routes.stream()
                .filter(route -> route.covers(path))
                .flatMap(route -> Gateway.methods(route.method()))
                .distinct()
                .toList();
        if (allowed.isEmpty()) {
            return Fault.NOT_FOUND.because("there is nothing at this address; files are below /files/");
        }
        request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        return Fault.UNKNOWN_METHOD.because("this address does not take " + request.method());
    }

    private static Stream<String> methods(HttpMethod method) {
        return method.equals(HttpMethod.GET) ? Stream.of("GET", "HEAD") : Stream.of(method.name());
    }

    /** What the router itself found wrong, or what broke where nobody expected it. */
    private void failed(RoutingContext context) {
        var failure = context.failure();
        boolean isOurs = failure instanceof FaultException || context.statusCode() >= 500;
        refuse(
                context,
                "unknown",
                Optional.empty(),
                failure != null && isOurs ? failure : unreadable(context.statusCode(), context.request()));
    }

    private static FaultException unreadable(int status, HttpServerRequest request) {
        return switch (status) {
            case 405 -> Fault.UNKNOWN_METHOD.because("this address does not take " + request.method());
            case 404 -> Fault.NOT_FOUND.because("there is nothing at this address");
            default -> Fault.MALFORMED.because("this request cannot be read: it names no host, or a path that is none");
        };
    }

    private void refuse(RoutingContext context, String word, Optional<Principal> who, Throwable failure) {
        var response = context.response();
        var fault = fault(failure, response);
        int status = failure instanceof StatusFault known
                ? known.status()
                : fault.fault().httpStatus();
        Troubles.log(fault, context.request());
        if (response.headWritten() || response.closed()) {
            // What ends early must not look whole.
            response.reset();
        } else {
            if (status == 401) {
                challenge(context, who.isEmpty() && !word.equals(LOGIN));
            }
            CONTENT.forEach(response.headers()::remove);
            response.setChunked(false);
            Problem.answer(context.request(), fault, status);
        }
        told(context, word, who, Optional.of(fault));
        Remainder.drop(door.vertx(), context.request());
    }

    private static FaultException fault(Throwable failure, HttpServerResponse response) {
        return switch (failure) {
            case FaultException known -> known;
            case StatusFault known -> known.fault();
            case HttpException unreadable ->
                Fault.MALFORMED.because("this request cannot be read: its path or query is none", unreadable);
            // Whoever leaves early has not made the server fail.
            default -> response.closed() || response.headWritten() ? Backlog.gone() : FaultException.of(failure);
        };
    }

    /**
     * A browser that runs our page must not ask for a password in a window of its own, and forgets a dead cookie.
     *
     * @param byCookie whether a cookie, if there is one, is what does not count
     */
    private void challenge(RoutingContext context, boolean byCookie) {
        var request = context.request();
        if (byCookie && !request.headers().contains(HttpHeaders.AUTHORIZATION)) {
            forgetDeadCookie(context);
        }
        boolean isPage = request.headers().contains("Sec-Fetch-Mode")
                || request.headers().contains(SiteCheck.HEADER);
        request.response()
                .putHeader(
                        "WWW-Authenticate",
                        isPage ? "Bearer realm=\"Wherry\"" : "Basic realm=\"Wherry\", charset=\"UTF-8\"");
    }

    private void forgetDeadCookie(RoutingContext context) {
        var request = context.request();
        Cookies.token(request, peer(context)).ifPresent(dead -> Cookies.clear(request.response(), peer(context)));
    }

    private void leave(RoutingContext context, String word, Optional<Principal> who) {
        if (!word.equals(LiveFeed.WORD)) {
            told(context, word, who, Optional.empty());
        }
        Remainder.drop(door.vertx(), context.request());
    }

    private void told(RoutingContext context, String word, Optional<Principal> who, Optional<FaultException> fault) {
        var entered = entered(context);
        door.answered(word, who, entered.peer(), fault, entered.startedAt());
    }

    /** What is known of every request from its start. */
    private record Entered(Peer peer, long startedAt) {}
}
