package dev.wherry.cli;

import dev.wherry.client.Landing;
import dev.wherry.client.LandingFile;
import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Gets files from the server one after another, and settles what becomes of local names that exist. */
final class Getter {
    private final Line line;
    private final Existing existing;
    private final Screen screen;
    private final Reporter reporter;
    private final Tally tally;
    private final Interrupts interrupts;

    Getter(Line line, Existing existing, Screen screen, Reporter reporter, Tally tally, Interrupts interrupts) {
        this.line = line;
        this.existing = existing;
        this.screen = screen;
        this.reporter = reporter;
        this.tally = tally;
        this.interrupts = interrupts;
    }

    /** @param entry as the server told of the file: that version is fetched, or none */
    void get(VirtualPath path, RemoteEntry entry, Path target) {
        var job = new Job(Job.Direction.DOWNLOAD, ":" + path, target.toString(), OptionalLong.of(entry.size()));
        try {
            attempt(path, entry, target, job);
        } catch (IOException | FaultException failure) {
            tally.failed(failure);
            reporter.failed(job, failure);
        }
    }

    /** Into a pipe, which asks no questions; what went through it cannot be taken back. */
    void getIntoPipe(VirtualPath path, RemoteEntry entry) {
        var job = new Job(Job.Direction.DOWNLOAD, ":" + path, "-", OptionalLong.of(entry.size()));
        try {
            fetch(path, entry, new LandingPipe(screen.out()), job);
        } catch (IOException | FaultException failure) {
            tally.failed(failure);
            reporter.failed(job, failure);
        }
    }

    private void attempt(VirtualPath path, RemoteEntry entry, Path target, Job job) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            fetch(path, entry, LandingFile.open(target, false), job);
            return;
        }
        if (isThere(entry, target)) {
            tally.skipped();
            reporter.skipped(job, "the same file is there already");
            return;
        }
        var comes = new Existing.Side(entry.size(), entry.modified());
        switch (existing.decide(screen, target.toString(), comes, side(target))) {
            case REPLACE -> fetch(path, entry, LandingFile.open(target, true), job);
            case SKIP -> {
                tally.skipped();
                reporter.skipped(job, "exists already");
            }
            case KEEP_BOTH -> {
                var beside = beside(target);
                fetch(path, entry, LandingFile.open(beside, false), job.withTarget(beside.toString()));
            }
        }
    }

    private void fetch(VirtualPath path, RemoteEntry entry, Landing landing, Job job) throws IOException {
        interrupts.landing(landing);
        var watch = interrupts.watching(reporter.started(job));
        var downloaded = line.get().download(path, entry.etag(), landing, watch);
        tally.done(downloaded.size());
        reporter.finished(job, new Reporter.Done(downloaded.size(), downloaded.seconds(), downloaded.sha256()));
    }

    private static boolean isThere(RemoteEntry entry, Path target) throws IOException {
        return entry.sha256().isPresent()
                && Files.isRegularFile(target)
                && Files.size(target) == entry.size()
                && new LocalContent.OfFile(target, "", entry.size()).sha256().equals(entry.sha256());
    }

    private static Existing.Side side(Path target) throws IOException {
        return new Existing.Side(
                Files.size(target),
                Optional.of(Files.getLastModifiedTime(target, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()));
    }

    private static Path beside(Path target) {
        for (int number = 2; ; number++) {
            var beside = target.resolveSibling(Existing.beside(String.valueOf(target.getFileName()), number));
            if (!Files.exists(beside, LinkOption.NOFOLLOW_LINKS) || number == Existing.MOST_BESIDE) {
                return beside;
            }
        }
    }
}
