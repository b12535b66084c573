package dev.wherry.door.console;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The requests of one connection that have no final reply yet, in their order. Transfers run side by side; every other
 * request runs alone: it begins when all earlier ones are answered, and nothing is read behind it before it is answered
 * itself. So what a client sends in a row happens as if it had waited for each answer.
 *
 * <p>Confined to the connection's event loop.
 */
final class Window {
    private final int limit;
    private final Consumer<Exchange> start;
    private final Consumer<Exchange> reply;
    private final ArrayDeque<Exchange> open = new ArrayDeque<>();
    private boolean ended;

    /**
     * @param limit requests that may be open at once
     * @param start begins one
     * @param reply sends the final reply of one that is answered
     */
    Window(int limit, Consumer<Exchange> start, Consumer<Exchange> reply) {
        this.limit = limit;
        this.start = start;
        this.reply = reply;
    }

    /** Takes a request, and begins it if it may begin. */
    void add(Exchange exchange) {
        open.add(exchange);
        if (open.size() == 1) {
            exchange.turn().begin();
        }
        if (open.size() == 1 || exchange.isTransfer()) {
            start.accept(exchange);
        }
    }

    /** Sends the final replies whose turn it is, and begins what waited for them. */
    void settle() {
        for (var first = open.peek(); !ended && first != null && first.isAnswered(); first = open.peek()) {
            open.remove();
            reply.accept(first);
            beginNext();
        }
    }

    /** Nothing can be answered any more, so nothing is begun that nobody would hear of. */
    void end() {
        ended = true;
    }

    private void beginNext() {
        var next = open.peek();
        if (next != null && !ended) {
            next.turn().begin();
            if (!next.isTransfer()) {
                start.accept(next);
            }
        }
    }

    /** Whether no other request may be read just now. */
    boolean isClosed() {
        return open.size() >= limit || (!open.isEmpty() && open.getLast().holdsTheLine());
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Those that are not answered, the oldest first. */
    List<Exchange> open() {
        return List.copyOf(open);
    }
}
