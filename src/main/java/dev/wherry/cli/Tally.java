package dev.wherry.cli;

import java.util.EnumSet;

/** What became of the files of one command, whichever connection they went over. */
final class Tally {
    private final long started = System.nanoTime();
    private final EnumSet<ExitCode> failures = EnumSet.noneOf(ExitCode.class);
    private int done;
    private int skipped;
    private int failed;
    private long bytes;

    synchronized void done(long size) {
        done++;
        bytes += size;
    }

    synchronized void skipped() {
        skipped++;
    }

    synchronized void failed(Throwable failure) {
        failed++;
        failures.add(ExitCode.of(failure));
    }

    synchronized int done() {
        return done;
    }

    synchronized int skippedFiles() {
        return skipped;
    }

    synchronized int failedFiles() {
        return failed;
    }

    synchronized long bytes() {
        return bytes;
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    synchronized int all() {
        return done + skipped + failed;
    }

    /** Several give the code of their failures when all failed alike. */
    synchronized ExitCode exitCode() {
        if (failed == 0) {
            return ExitCode.DONE;
        }
        return done + skipped == 0 && failures.size() == 1 ? failures.iterator().next() : ExitCode.SOME_FAILED;
    }
}
