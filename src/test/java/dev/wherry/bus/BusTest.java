package dev.wherry.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(VertxExtension.class)
final class BusTest {
    /** Whoever would wait for the time-out of this address shows as a test that takes for ever. */
    private static final Address<Question, Answer> ADDRESS = Address.howeverLong("test.ask");

    private record Question(int number) {}

    private record Answer(int number) {}

    private Vertx vertx;
    private Bus bus;

    @BeforeEach
    void makeBus(Vertx vertx) {
        this.vertx = vertx;
        this.bus = new Bus(vertx);
    }

    @Test
    void recordsPassAsTheyAre() throws Exception {
        var asked = new AtomicReference<Question>();
        var answer = new Answer(2);
        bus.answer(ADDRESS, question -> {
            asked.set(question);
            return Future.succeededFuture(answer);
        });
        var question = new Question(1);

        assertThat(get(bus.ask(ADDRESS, question))).isSameAs(answer);
        assertThat(asked.get()).isSameAs(question);
    }

    @Test
    void anAnswerMayBeNothing() throws Exception {
        var address = Address.<Question, Void>howeverLong("test.nothing");
        bus.answer(address, question -> Future.succeededFuture());

        assertThat(get(bus.ask(address, new Question(1)))).isNull();
    }

    static List<Throwable> accidents() {
        return List.of(
                new IllegalStateException("boom"),
                new StackOverflowError(),
                new AssertionError("boom"),
                new NoClassDefFoundError("boom"),
                new OutOfMemoryError("boom"),
                new IOException("boom"));
    }

    @ParameterizedTest
    @MethodSource("accidents")
    void aThrowingHandlerAnswersAtOnce(Throwable accident) {
        bus.answer(ADDRESS, question -> BusTest.<RuntimeException>thrown(accident));

        assertThat(fault(bus.ask(ADDRESS, new Question(1))).fault()).isEqualTo(Fault.INTERNAL);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws anything, as other languages may
    private static <T extends Throwable> Future<Answer> thrown(Throwable accident) throws T {
        throw (T) accident;
    }

    @ParameterizedTest
    @MethodSource("accidents")
    void aHandlerThatFailsByAccidentAnswersInternal(Throwable accident) {
        bus.answer(ADDRESS, question -> Future.failedFuture(accident));
        var failure = fault(bus.ask(ADDRESS, new Question(1)));

        assertThat(failure.fault()).isEqualTo(Fault.INTERNAL);
        assertThat(failure.getMessage()).doesNotContain("boom");
    }

    @Test
    void aHandlerThatThrowsAFaultAnswersWithIt() {
        bus.answer(ADDRESS, question -> {
            throw Fault.DENIED.because("you may not").with("path", "/a");
        });

        assertThat(fault(bus.ask(ADDRESS, new Question(1))).facts()).containsEntry("path", "/a");
    }

    @Test
    void aFailingHandlerAnswersWithItsFaultAndItsFacts() {
        var refusal =
                Fault.EXISTS.because("/a is there already").with("size", 5L).with("etag", "x");
        bus.answer(ADDRESS, question -> Future.failedFuture(refusal));

        assertThat(fault(bus.ask(ADDRESS, new Question(1)))).isSameAs(refusal);
    }

    @Test
    @SuppressWarnings("NullAway") // what the compiler forbids may still happen
    void aHandlerThatReturnsNothingAnswersAtOnce() {
        bus.answer(ADDRESS, (Function<Question, Future<Answer>>) question -> null);

        assertThat(fault(bus.ask(ADDRESS, new Question(1))).fault()).isEqualTo(Fault.INTERNAL);
    }

    @Test
    void withoutAHandlerItIsUnavailableAtOnce() {
        var failure = fault(bus.ask(ADDRESS, new Question(1)));

        assertThat(failure.fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(failure.facts()).containsEntry("part", "test.ask");
    }

    @Test
    void aHandlerIsCalledOnItsOwnEventLoop() throws Exception {
        var seen = new AtomicReference<Thread>();
        var own = elsewhere(() -> bus.answer(ADDRESS, question -> {
            seen.set(Thread.currentThread());
            return Future.succeededFuture(new Answer(1));
        }));
        get(bus.ask(ADDRESS, new Question(1)));

        assertThat(seen.get()).isSameAs(own);
    }

    @Test
    void afterItsTimeTheAskerIsToldAndTheLateAnswerIsUndone() {
        var address = Address.<Question, Answer>within("test.late", Duration.ofMillis(20));
        var late = Promise.<Answer>promise();
        var undone = new ConcurrentLinkedQueue<Answer>();
        bus.answer(address, question -> late.future(), undone::add);

        assertThat(fault(bus.ask(address, new Question(1))).fault()).isEqualTo(Fault.UNAVAILABLE);
        assertThat(undone).isEmpty();
        late.complete(new Answer(7));
        await().untilAsserted(() -> assertThat(undone).containsExactly(new Answer(7)));
    }

    @Test
    void aLateFailureUndoesNothing() {
        var address = Address.<Question, Answer>within("test.late", Duration.ofMillis(20));
        var late = Promise.<Answer>promise();
        var settled = new AtomicInteger();
        var undone = new AtomicInteger();
        bus.answer(
                address,
                question -> late.future().onComplete(ignored -> settled.incrementAndGet()),
                ignored -> undone.incrementAndGet());

        assertThat(fault(bus.ask(address, new Question(1))).fault()).isEqualTo(Fault.UNAVAILABLE);
        late.fail(Fault.NO_SPACE.because("full"));
        await().untilAsserted(() -> assertThat(settled).hasValue(1));
        assertThat(undone).hasValue(0);
    }

    @Test
    void everyAnswerIsEitherHeardOrUndoneHoweverCloseTheRace() throws Exception {
        int rounds = 5_000;
        var address = Address.<Question, Answer>within("test.race", Duration.ofMillis(20));
        var heard = new AtomicIntegerArray(rounds);
        var undone = new AtomicIntegerArray(rounds);
        var settled = new AtomicInteger();
        elsewhere(() -> bus.answer(
                address,
                question -> vertx.timer(15 + question.number() % 11, TimeUnit.MILLISECONDS)
                        .map(new Answer(question.number())),
                answer -> undone.incrementAndGet(answer.number())));

        for (int i = 0; i < rounds; i++) {
            int round = i;
            bus.ask(address, new Question(round)).onComplete(result -> {
                if (result.succeeded()) {
                    heard.incrementAndGet(round);
                }
                settled.incrementAndGet();
            });
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(settled).hasValue(rounds));
        await().untilAsserted(() -> {
            for (int round = 0; round < rounds; round++) {
                assertThat(heard.get(round) + undone.get(round))
                        .as("round %d", round)
                        .isEqualTo(1);
            }
        });
        assertThat(IntStream.range(0, rounds).filter(round -> heard.get(round) == 1))
                .as("a race that one side always wins shows nothing")
                .hasSizeBetween(1, rounds - 1);
    }

    @Test
    void anAddressWithoutTimeOutWaits() throws Exception {
        var slow = Promise.<Answer>promise();
        bus.answer(ADDRESS, question -> slow.future());
        var asked = bus.ask(ADDRESS, new Question(1));

        assertThat(catchThrowableOfType(
                        TimeoutException.class,
                        () -> asked.toCompletionStage().toCompletableFuture().get(300, TimeUnit.MILLISECONDS)))
                .isNotNull();
        slow.complete(new Answer(3));
        assertThat(get(asked)).isEqualTo(new Answer(3));
    }

    @Test
    void newsReachesEveryoneWhoHears() {
        var topic = new Topic<Question>("test.news");
        var first = new ConcurrentLinkedQueue<Question>();
        var second = new ConcurrentLinkedQueue<Question>();
        bus.hear(topic, first::add);
        var consumer = bus.hear(topic, second::add);
        var news = new Question(1);
        bus.tell(topic, news);

        await().untilAsserted(() -> {
            assertThat(first).singleElement().isSameAs(news);
            assertThat(second).singleElement().isSameAs(news);
        });
        consumer.end();
        bus.tell(topic, new Question(2));
        await().untilAsserted(() -> assertThat(first).hasSize(2));
        assertThat(second).hasSize(1);
    }

    @Test
    void publishedJsonReachesEveryoneWhoSubscribed() {
        var heard = new ConcurrentLinkedQueue<JsonObject>();
        bus.subscribe("test.json", heard::add);
        bus.publish("test.json", new JsonObject().put("event", "login-failed"));

        await().untilAsserted(() -> assertThat(heard).containsExactly(new JsonObject().put("event", "login-failed")));
    }

    /** Runs it on an event loop, and says which. */
    private Thread elsewhere(Runnable work) throws Exception {
        var done = Promise.<Thread>promise();
        vertx.getOrCreateContext().runOnContext(ignored -> {
            work.run();
            done.complete(Thread.currentThread());
        });
        return get(done.future());
    }

    private static <A> A get(Future<A> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static FaultException fault(Future<?> future) {
        return Objects.requireNonNull(
                catchThrowableOfType(FaultException.class, () -> future.await(10, TimeUnit.SECONDS)),
                "no failure came");
    }
}
