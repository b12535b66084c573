package dev.wherry.door.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * One way to ask.
 *
 * @param path as Vert.x Web writes it: {@code :name} for a segment, {@code *} for all that follows
 * @param word under which it is counted, from a closed set
 * @param verbs the requests of the console door that it answers to
 * @param withOneTimePassword whether it is open to who still has to change theirs
 */
record Route(
        HttpMethod method, String path, String word, List<String> verbs, boolean withOneTimePassword, Action action) {
    static Route of(HttpMethod method, String path, String word, Action action, String... verbs) {
        return new Route(method, path, word, List.of(verbs), false, action);
    }

    /** Whether this path is one of those that the route is for, whatever the method. */
    boolean covers(String asked) {
        return asked.matches(path.replace("*", ".*").replaceAll(":[a-z]+", "[^/]+"));
    }

    /** The same, open before the one-time password is changed. */
    Route early() {
        return new Route(method, path, word, verbs, true, action);
    }

    /** What is done: it answers itself, or fails with what becomes a problem document. */
    @FunctionalInterface
    interface Action {
        Future<Void> run(Call call);
    }
}
