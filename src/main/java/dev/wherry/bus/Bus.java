package dev.wherry.bus;

import dev.wherry.bus.Message.Answer;
import dev.wherry.bus.Message.Failure;
import dev.wherry.bus.Message.News;
import dev.wherry.bus.Message.Question;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event bus with types on its addresses. A question always gets an answer: a handler that throws, fails or returns
 * nothing answers with a {@link Fault} at once, where the bare bus would leave the asker waiting for its time-out.
 *
 * <p>Only this class knows the event bus. Records pass as they are, inside this process; JSON goes wherever the bus
 * goes.
 */
public final class Bus {
    private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
    /** The event bus needs some bound; nothing waits longer than a server lives. */
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final EventBus events;

    public Bus(Vertx vertx) {
        events = vertx.eventBus();
        events.registerCodec(new LocalCodec());
    }

    /**
     * Asks, and waits as long as the address says. Fails with a {@link FaultException} only: the answerer's own, or
     * {@link Fault#UNAVAILABLE} when nobody answers (in time).
     */
    public <Q, A> Future<A> ask(Address<Q, A> address, Q question) {
        var message = Question.of(question);
        var options = local().setSendTimeout(address.timeout().orElse(FOREVER).toMillis());
        return events.<Message>request(address.name(), message, options).transform(reply -> {
            if (reply.succeeded()) {
                return read(reply.result().body());
            }
            return message.abandon()
                    .<Future<A>>map(Bus::read)
                    .orElseGet(() -> Future.failedFuture(unavailable(address, reply.cause())));
        });
    }

    @SuppressWarnings("unchecked") // the address that was asked names the type of its answers
    private static <A> Future<A> read(Message reply) {
        return switch (reply) {
            case Answer<?> answer -> Future.succeededFuture((A) answer.body());
            case Failure failure -> Future.failedFuture(failure.fault());
            case Question<?> stray -> throw new IllegalStateException("a question is no answer: " + stray);
            case News<?> stray -> throw new IllegalStateException("news is no answer: " + stray);
        };
    }

    private static FaultException unavailable(Address<?, ?> address, Throwable cause) {
        var why = cause instanceof ReplyException reply
                ? switch (reply.failureType()) {
                    case NO_HANDLERS -> "this part of the server is not running";
                    case TIMEOUT -> "the server did not get to it in time; try again";
                    case RECIPIENT_FAILURE, ERROR -> "the server could not pass it on";
                }
                : "the server is stopping";
        return Fault.UNAVAILABLE.because(why).with("part", address.name());
    }

    /** Answers every question that comes to this address, on the context of the caller. */
    public <Q, A> void answer(Address<Q, A> address, Function<Q, Future<A>> handler) {
        answer(address, handler, ignored -> {});
    }

    /**
     * Answers every question that comes to this address; an answer that finds nobody waiting is handed to {@code undo},
     * so that what was reserved for an asker who left is released.
     */
    public <Q, A> void answer(Address<Q, A> address, Function<Q, Future<A>> handler, Consumer<A> undo) {
        events.<Question<Q>>localConsumer(address.name(), message -> {
            var question = message.body();
            run(handler, question.body()).onComplete(result -> {
                var reply = result.succeeded()
                        ? new Answer<>(result.result())
                        : new Failure(logged(address, result.cause()));
                if (question.answer(reply)) {
                    message.reply(reply, local());
                } else if (result.succeeded()) {
                    undo.accept(result.result());
                }
            });
        });
    }

    private static <Q, A> Future<A> run(Function<Q, Future<A>> handler, Q question) {
        try {
            // The type promises a future; whoever breaks the promise must not leave the asker waiting either.
            return Objects.requireNonNull(handler.apply(question), "the handler returned nothing");
        } catch (Throwable thrown) {
            return Future.failedFuture(thrown);
        }
    }

    /** A refusal is an answer; anything else is an accident and is logged here, where it becomes one. */
    private static FaultException logged(Address<?, ?> address, Throwable failure) {
        var fault = FaultException.of(failure);
        if (fault.fault() == Fault.INTERNAL) {
            LOG.error("{} failed", address.name(), failure);
        }
        return fault;
    }

    /** Tells everyone in this process who listens. */
    public <E> void tell(Topic<E> topic, E news) {
        events.publish(topic.name(), new News<>(news), local());
    }

    /** Hears what is told on a topic, on the context of the caller. */
    public <E> Subscription hear(Topic<E> topic, Consumer<E> listener) {
        MessageConsumer<?> consumer = events.<News<E>>localConsumer(
                topic.name(), message -> listener.accept(message.body().body()));
        return consumer::unregister;
    }

    /** Publishes JSON to every listener, in this process and beyond. */
    public void publish(String address, JsonObject json) {
        events.publish(address, json);
    }

    /** Hears published JSON, on the context of the caller. */
    public Subscription subscribe(String address, Consumer<JsonObject> listener) {
        MessageConsumer<?> consumer = events.<JsonObject>consumer(address, message -> listener.accept(message.body()));
        return consumer::unregister;
    }

    private static DeliveryOptions local() {
        return new DeliveryOptions().setLocalOnly(true).setCodecName(LocalCodec.NAME);
    }
}
