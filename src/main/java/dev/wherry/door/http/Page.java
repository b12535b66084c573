package dev.wherry.door.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page: a few plain files, read once. Nothing but what is named here is ever served from their folder. */
final class Page {
    /** Nothing runs, nothing comes from elsewhere, nobody frames it. */
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final List<Item> ITEMS = List.of(
            new Item("/", "index.html", "text/html; charset=utf-8"),
            new Item("/page.css", "page.css", "text/css; charset=utf-8"),
            new Item("/favicon.svg", "favicon.svg", "image/svg+xml"));

    private final Map<String, Served> served;

    private Page(Map<String, Served> served) {
        this.served = served;
    }

    /** Fails when a file of the page is missing. */
    static Future<Page> read(Vertx vertx, Path webroot) {
        var files = vertx.fileSystem();
        var all = ITEMS.stream()
                .map(item -> files.readFile(webroot.resolve(item.file()).toString()))
                .toList();
        return Future.all(all).map(read -> {
            var served = new LinkedHashMap<String, Served>();
            for (int i = 0; i < ITEMS.size(); i++) {
                served.put(ITEMS.get(i).path(), new Served(ITEMS.get(i).type(), read.resultAt(i)));
            }
            return new Page(served);
        });
    }

    /** Answers if this is a request for the page. */
    Optional<Future<Void>> answer(HttpServerRequest request) {
        var method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return Optional.empty();
        }
        return Optional.ofNullable(served.get(request.path())).map(item -> send(request, item));
    }

    private static Future<Void> send(HttpServerRequest request, Served item) {
        var response = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, item.type())
                .putHeader(
                        HttpHeaders.CONTENT_LENGTH, String.valueOf(item.body().length()))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
        return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(item.body());
    }

    private record Item(String path, String file, String type) {}

    private record Served(String type, Buffer body) {}
}
