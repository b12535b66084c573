package dev.wherry.cli;

import dev.wherry.client.TransferWatch;
import dev.wherry.path.Sha256;
import java.util.function.Supplier;

/** Tells a person or a program how the transfers go. */
interface Reporter extends AutoCloseable {
    /** How many files and bytes there are in all, before the first starts. */
    void planned(int files, long bytes);

    TransferWatch started(Job job);

    /** Looks on while several go together, which nobody need be told the start of. */
    TransferWatch watch(String what);

    void finished(Job job, Done done);

    void skipped(Job job, String why);

    void failed(Job job, Throwable failure);

    /** How a person goes on with an upload that was given up. */
    default void handOver(Job job, String upload, String command) {}

    /**
     * Tells a person who stopped it how to go on with the rest.
     *
     * @param left how many files have not begun
     */
    default void stopped(Job.Direction direction, int left) {}

    /** Asks something, while nothing is drawn. */
    default <T> T hushed(Supplier<T> question) {
        return question.get();
    }

    /** Said once, after the last. */
    void summary(Tally tally);

    @Override
    void close();

    /**
     * A file that went, with the digest that both ends agreed on.
     *
     * @param size of the whole, in bytes; {@code before} of them had gone with an earlier command
     * @param seconds that the others took
     */
    record Done(long size, long before, double seconds, Sha256 sha256) {
        /** All of it went now. */
        Done(long size, double seconds, Sha256 sha256) {
            this(size, 0, seconds, sha256);
        }

        long moved() {
            return size - before;
        }

        double bytesPerSecond() {
            return moved() / Math.max(seconds, 1e-6);
        }
    }
}
