package dev.wherry.door.http;

import dev.wherry.path.Sha256;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page: plain files, all read once, at the start. What came into their folder later is not served. */
final class Page {
    /** Nothing runs but our own modules, nothing comes from elsewhere, nobody frames it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";

    private static final String INDEX = "index.html";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8",
            "md", "text/plain; charset=utf-8");

    private final Map<String, Item> items;

    private Page(Map<String, Item> items) {
        this.items = items;
    }

    /** Fails when the folder, or the page in it, is missing. */
    static Future<Page> read(Vertx vertx, Path webroot) {
        var items = new LinkedHashMap<String, Item>();
        return folder(vertx, webroot, webroot, items)
                .compose(read ->
                        vertx.fileSystem().readFile(webroot.resolve(INDEX).toString()))
                .map(index -> {
                    items.put("/", item(INDEX, index));
                    return new Page(Map.copyOf(items));
                });
    }

    private static Future<Void> folder(Vertx vertx, Path webroot, Path folder, Map<String, Item> items) {
        return vertx.fileSystem().readDir(folder.toString()).compose(names -> {
            Future<Void> all = Future.succeededFuture();
            for (var name : names) {
                all = all.compose(before -> entry(vertx, webroot, Path.of(name), items));
            }
            return all;
        });
    }

    private static Future<Void> entry(Vertx vertx, Path webroot, Path path, Map<String, Item> items) {
        return vertx.fileSystem().props(path.toString()).compose(props -> {
            if (props.isDirectory()) {
                return folder(vertx, webroot, path, items);
            }
            var name = path.getFileName().toString();
            return TYPES.containsKey(ending(name))
                    ? vertx.fileSystem()
                            .readFile(path.toString())
                            .onSuccess(body -> items.put(
                                    "/" + webroot.toAbsolutePath().relativize(path.toAbsolutePath()), item(name, body)))
                            .mapEmpty()
                    : Future.succeededFuture();
        });
    }

    private static Item item(String name, Buffer body) {
        var digest = HexFormat.of().formatHex(Sha256.digest().digest(body.getBytes()), 0, 16);
        return new Item(TYPES.getOrDefault(ending(name), "application/octet-stream"), "\"" + digest + "\"", body);
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Answers if this is a request for the page. */
    Optional<Future<Void>> answer(HttpServerRequest request) {
        if (!List.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method())) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.path()).map(items::get).map(item -> send(request, item));
    }

    private static Future<Void> send(HttpServerRequest request, Item item) {
        var response = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, item.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, item.etag())
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (item.etag().equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return response.setStatusCode(304).end();
        }
        response.putHeader(
                HttpHeaders.CONTENT_LENGTH, String.valueOf(item.body().length()));
        return request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(item.body());
    }

    private record Item(String type, String etag, Buffer body) {}
}
