package dev.wherry.door.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.auth.Auth;
import dev.wherry.auth.Principal;
import dev.wherry.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.UsernamePasswordCredentials;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a password that was shown with a request. */
final class CallersTest {
    private static final Principal ANN = Principal.of(User.create(
            new JsonObject().put("username", "ann").put("session", 7L).put("mustChangePassword", false)));

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean inUse = new AtomicBoolean();
    private final List<Principal> unused = new CopyOnWriteArrayList<>();
    private final List<Auth.Logout> loggedOut = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }

    @Test
    void aPasswordThatIsNotShownAnyMoreEndsItsSessionWithoutALogout() throws Exception {
        var bus = new Bus(vertx);
        bus.answer(
                Auth.LOGIN,
                login -> Future.succeededFuture(
                        new Auth.Session(ANN, Optional.of("token"), Optional.empty(), List.of())));
        bus.answer(Auth.CURRENT, Future::succeededFuture);
        bus.answer(Auth.END_UNUSED, who -> {
            unused.add(who);
            return Future.succeededFuture(1);
        });
        bus.answer(Auth.LOGOUT, asked -> {
            loggedOut.add(asked);
            return Future.succeededFuture(1);
        });
        var callers = new Callers(bus, nanos::get, who -> inUse.get());
        assertThat(show(callers).statusCode()).isEqualTo(200);

        callers.sweep();
        nanos.addAndGet(Callers.REMEMBERED.toNanos());
        inUse.set(true);
        callers.sweep();
        assertThat(unused).as("it was just shown; then something runs in it").isEmpty();

        inUse.set(false);
        callers.sweep();
        await().untilAsserted(() -> assertThat(unused).containsExactly(ANN));
        assertThat(loggedOut).isEmpty();
    }

    private HttpClientResponse show(Callers callers) throws Exception {
        var answered = vertx.createHttpServer()
                .requestHandler(request -> callers.who(request, new Peer("192.0.2.7", true))
                        .onComplete(who -> request.response()
                                .setStatusCode(who.succeeded() ? 200 : 401)
                                .end()))
                .listen(0, "127.0.0.1")
                .compose(server ->
                        vertx.createHttpClient().request(HttpMethod.GET, server.actualPort(), "127.0.0.1", "/"))
                .compose(request -> request.putHeader(
                                "Authorization",
                                new UsernamePasswordCredentials("ann", "a rather good one").toHttpAuthorization())
                        .send());
        return answered.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }
}
