package dev.wherry.cli;

import java.util.EnumSet;

/** What became of the files of one command. */
final class Tally {
    private final long started = System.nanoTime();
    private final EnumSet<ExitCode> failures = EnumSet.noneOf(ExitCode.class);
    private int done;
    private int skipped;
    private int failed;
    private long bytes;

    void done(long size) {
        done++;
        bytes += size;
    }

    void skipped() {
        skipped++;
    }

    void failed(Throwable failure) {
        failed++;
        failures.add(ExitCode.of(failure));
    }

    int done() {
        return done;
    }

    int skippedFiles() {
        return skipped;
    }

    int failedFiles() {
        return failed;
    }

    long bytes() {
        return bytes;
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    int all() {
        return done + skipped + failed;
    }

    /** Several give the code of their failures when all failed alike. */
    ExitCode exitCode() {
        if (failed == 0) {
            return ExitCode.DONE;
        }
        return done + skipped == 0 && failures.size() == 1 ? failures.iterator().next() : ExitCode.SOME_FAILED;
    }
}
