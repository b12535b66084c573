package dev.wherry.door.http;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every way to ask for which somebody has to be known. What is open to everyone is the page, the login, and tus'
 * OPTIONS.
 */
final class Routes {
    private Routes() {}

    static List<Route> of(HttpDoor door) {
        return Stream.of(session(door), accounts(door), files(door), uploads(door), metrics(door))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Route> session(HttpDoor door) {
        var session = new SessionRoutes(door);
        var account = new AccountRoutes(door);
        return List.of(
                Route.of(GET, "/session", "whoami", session::whoAmI, "WHOAMI").early(),
                Route.of(DELETE, "/session", "logout", session::logOut, "LOGOUT")
                        .early(),
                Route.of(PUT, "/account/password", "password", account::changePassword, "PASSWORD")
                        .early(),
                Route.of(GET, "/account/tokens", "token", account::tokens, "TOKEN LIST"),
                Route.of(POST, "/account/tokens", "token", account::createToken, "TOKEN CREATE"),
                Route.of(DELETE, "/account/tokens/:name", "token", account::revokeToken, "TOKEN REVOKE"),
                Route.of(GET, "/account/sessions", "session", account::sessions),
                Route.of(DELETE, "/account/sessions/:id", "session", account::endSession));
    }

    private static List<Route> accounts(HttpDoor door) {
        var users = new UserRoutes(door.bus());
        var quotas = new QuotaRoutes(door.bus());
        return List.of(
                Route.of(GET, "/users", "user", users::list, "USER LIST"),
                Route.of(POST, "/users", "user", users::add, "USER ADD"),
                Route.of(DELETE, "/users/:name", "user", users::remove, "USER REMOVE"),
                Route.of(PATCH, "/users/:name", "user", users::setRights, "USER RIGHTS"),
                Route.of(POST, "/users/:name/reset", "user", users::reset, "USER RESET"),
                Route.of(GET, "/users/:name/explain", "user", users::explain, "USER EXPLAIN"),
                Route.of(GET, "/quotas", "quota", quotas::list, "QUOTA LIST"),
                Route.of(PUT, "/quotas/*", "quota", quotas::set, "QUOTA SET"),
                Route.of(DELETE, "/quotas/*", "quota", quotas::remove, "QUOTA REMOVE"));
    }

    private static List<Route> files(HttpDoor door) {
        var reads = new FileReads(door);
        var folders = new FolderReads(door);
        var writes = new FileWrites(door);
        var tree = new TreeRoutes(door);
        Route.Action get =
                call -> call.has("stat") ? tree.stat(call) : call.namesFolder() ? folders.read(call) : reads.send(call);
        Route.Action head = call -> call.has("stat")
                ? tree.stat(call)
                : call.namesFolder() && (call.has("archive") || call.has("sums"))
                        ? folders.read(call)
                        : reads.head(call);
        return List.of(
                Route.of(GET, "/files/*", "download", get, "LIST", "STAT", "DOWNLOAD"),
                Route.of(HEAD, "/files/*", "stat", head, "STAT"),
                Route.of(PUT, "/files/*", "upload", writes::put, "UPLOAD"),
                Route.of(DELETE, "/files/*", "delete", tree::delete, "DELETE", "RMDIR"),
                Route.of(POST, "/files/*", "change", tree::post, "MKDIR", "MOVE", "VERIFY"));
    }

    private static List<Route> uploads(HttpDoor door) {
        var tus = new TusRoutes(door);
        return List.of(
                Route.of(GET, "/uploads", "uploads", tus::list, "UPLOADS"),
                Route.of(POST, "/uploads", "upload", tus::create, "UPLOAD"),
                Route.of(HEAD, "/uploads/:id", "uploads", tus::head, "UPLOADS"),
                Route.of(PATCH, "/uploads/:id", "resume", tus::patch, "RESUME"),
                Route.of(DELETE, "/uploads/:id", "cancel", tus::terminate, "CANCEL"),
                Route.of(POST, "/uploads/:id", "resume", tus::override));
    }

    private static List<Route> metrics(HttpDoor door) {
        var metrics = new MetricsRoutes(door.bus());
        var live = new LiveFeed(door);
        return List.of(
                Route.of(GET, "/transfers", "transfers", metrics::transfers, "TRANSFERS"),
                Route.of(GET, "/stats", "stats", metrics::stats, "STATS"),
                Route.of(GET, "/history", "history", metrics::history, "HISTORY"),
                Route.of(GET, "/live", LiveFeed.WORD, live::open, "TAIL"));
    }
}
