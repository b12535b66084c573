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

    /** Asks something, while nothing is drawn. */
    default <T> T hushed(Supplier<T> question) {
        return question.get();
    }

    /** Said once, after the last. */
    void summary(Tally tally);

    @Override
    void close();

    /** A file that went: its size in bytes, the seconds it took, and the digest that both ends agreed on. */
    record Done(long size, double seconds, Sha256 sha256) {
        double bytesPerSecond() {
            return size / Math.max(seconds, 1e-6);
        }
    }
}
