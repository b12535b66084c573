package dev.wherry.bus;

import dev.wherry.fault.FaultException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What travels on the bus inside this process: a question, its answer, or news. */
sealed interface Message {

    /**
     * A question, and what became of it: asker and answerer race for that once. An answer that won is left here as
     * well, since the one that was sent may reach an asker whose time has just run out.
     */
    record Question<Q>(Q body, AtomicReference<Fate> fate) implements Message {
        private static final Fate WAITING = new Fate.Waiting();

        static <Q> Question<Q> of(Q body) {
            return new Question<>(body, new AtomicReference<>(WAITING));
        }

        /** Whether the answerer won: the answer will be heard. */
        boolean answer(Message reply) {
            return fate.compareAndSet(WAITING, new Fate.Answered(reply));
        }

        /** Gives up waiting: the answer that came in the same moment, or none, and then none will be heard. */
        Optional<Message> abandon() {
            return switch (fate.compareAndExchange(WAITING, new Fate.Abandoned())) {
                case Fate.Answered(Message reply) -> Optional.of(reply);
                case Fate.Waiting(), Fate.Abandoned() -> Optional.empty();
            };
        }
    }

    /** Whether anybody still waits for an answer. */
    sealed interface Fate {
        record Waiting() implements Fate {}

        record Answered(Message reply) implements Fate {}

        record Abandoned() implements Fate {}
    }

    record Answer<A>(A body) implements Message {}

    record Failure(FaultException fault) implements Message {}

    record News<E>(E body) implements Message {}
}
