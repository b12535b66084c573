package dev.wherry.transfer;

import dev.wherry.auth.Principal;
import dev.wherry.fault.Fault;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory for answers that go on as long as their readers like, such as lists, counted so that many idle readers are
 * refused before they are too many. Of all doors together; calls may come from any thread.
 */
public final class AnswerMemory {
    /** Of the heap. */
    private static final int PART = 3;

    private final long most;
    /** By account; each may have half of all, so that nobody is kept out by one. */
    private final Map<String, Long> taken = new HashMap<>();

    private long sum;

    AnswerMemory(long bytes) {
        this.most = bytes;
    }

    /** A part of the heap that this process may have. */
    static AnswerMemory ofHeap() {
        return new AnswerMemory(Runtime.getRuntime().maxMemory() / PART);
    }

    /** For one answer, which takes nothing yet. */
    Share share(Principal who) {
        return new Share(who.account());
    }

    private synchronized void take(Share share, long bytes) {
        long account = taken.getOrDefault(share.account, 0L) + bytes;
        if (share.held + bytes > most / 2) {
            throw Fault.TOO_LARGE.because(
                    "the answer would take more memory than the server has for one; ask for less");
        }
        if (account > most / 2) {
            throw Fault.TOO_MANY.because(
                    "you have as many lists and zips open as one account may; let one end first, then try again");
        }
        if (sum + bytes > most) {
            throw Fault.TOO_MANY.because(
                    "the server is sending as many lists and zips as it can; try again in a moment");
        }
        share.held += bytes;
        taken.put(share.account, account);
        sum += bytes;
    }

    private synchronized void give(Share share) {
        sum -= share.held;
        taken.computeIfPresent(share.account, (account, all) -> all == share.held ? null : all - share.held);
        share.held = 0;
    }

    /** What one answer takes. */
    public final class Share {
        private final String account;
        private long held;

        private Share(String account) {
            this.account = account;
        }

        /** Fails with {@code too-many}, or {@code too-large} when no answer may have so much. */
        public void take(long bytes) {
            AnswerMemory.this.take(this, bytes);
        }

        /** Gives all of it back. Can be called twice. */
        public void close() {
            give(this);
        }
    }
}
