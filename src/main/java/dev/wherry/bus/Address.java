package dev.wherry.bus;

import java.time.Duration;
import java.util.Optional;

/**
 * Where one kind of question is answered. It knows the types of both, so that nobody casts, and how long an asker
 * waits, so that nobody forgets to say.
 *
 * @param name unique on the bus
 * @param timeout after which the asker gets {@code unavailable}; empty where an answer must be waited for however long
 *     it takes (a commit)
 */
@SuppressWarnings("UnusedTypeParameter") // the types are for those who ask and answer
public record Address<Q, A>(String name, Optional<Duration> timeout) {
    /** Long for an answer from this process, short for a person who waits. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    public static <Q, A> Address<Q, A> of(String name) {
        return new Address<>(name, Optional.of(USUAL));
    }

    public static <Q, A> Address<Q, A> within(String name, Duration timeout) {
        return new Address<>(name, Optional.of(timeout));
    }

    public static <Q, A> Address<Q, A> howeverLong(String name) {
        return new Address<>(name, Optional.empty());
    }
}
