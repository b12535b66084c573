package dev.wherry.cli;

import dev.wherry.client.Downloaded;
import dev.wherry.client.FileVersion;
import dev.wherry.client.LandingFile;
import dev.wherry.client.RemoteEntry;
import dev.wherry.client.Small;
import dev.wherry.client.SmallDownload;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file comes from the server.
 *
 * @param entry as the server told of the file: that version is fetched, or none
 * @param known what has its name here, and is to be replaced without a question
 */
record GetFile(VirtualPath path, RemoteEntry entry, Path target, Optional<FileVersion> known) implements Transfer {
    @Override
    public Job job() {
        return new Job(Job.Direction.DOWNLOAD, ":" + path, target.toString(), OptionalLong.of(entry.size()));
    }

    @Override
    public Outcome run(Line line, Conduct conduct) throws IOException {
        if (known.isPresent() || !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return fetch(target, known, line, conduct);
        }
        // What the answer is about, and nothing that comes later.
        var shown = FileVersion.at(target);
        if (isThere()) {
            return Outcome.Skipped.same(job());
        }
        var comes = Existing.Side.of(entry);
        return switch (conduct.decide(target.toString(), comes, side())) {
            case REPLACE -> fetch(target, Optional.of(shown), line, conduct);
            case SKIP -> Outcome.Skipped.exists(job());
            case KEEP_BOTH -> fetch(beside(), Optional.empty(), line, conduct);
        };
    }

    /** What may need an answer first is no matter for a pipeline. */
    @Override
    public boolean isSmall() {
        return entry.size() <= Small.LARGEST && (known.isPresent() || !Files.exists(target, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public Small small(Conduct conduct, Landings landings, Small.Told<Outcome> told) {
        return new SmallDownload(
                path, entry.etag(), landings.of(() -> open(target, known, conduct)), new Told<>(this::went, told));
    }

    private Outcome went(Downloaded downloaded) {
        return Outcome.Went.of(job(), downloaded);
    }

    private static LandingFile open(Path place, Optional<FileVersion> replaced, Conduct conduct) throws IOException {
        return replaced.isPresent()
                ? LandingFile.open(place, replaced.get(), conduct.fsync())
                : LandingFile.open(place, false, conduct.fsync());
    }

    private Outcome fetch(Path place, Optional<FileVersion> replaced, Line line, Conduct conduct) throws IOException {
        var job = job().withTarget(place.toString());
        // First: nothing is left behind where there is no connection.
        line.get();
        var landing = conduct.pace().slowed(open(place, replaced, conduct));
        var watch = conduct.interrupts().watching(conduct.reporter().started(job));
        var downloaded = conduct.interrupts()
                .landing(landing, into -> line.persistent().download(path, entry.etag(), into, watch));
        return Outcome.Went.of(job, downloaded);
    }

    private boolean isThere() throws IOException {
        return entry.sha256().isPresent()
                && Files.isRegularFile(target)
                && Files.size(target) == entry.size()
                && LocalContent.OfFile.digest(target).equals(entry.sha256().get());
    }

    private Existing.Side side() throws IOException {
        return new Existing.Side(
                Files.size(target),
                Optional.of(Files.getLastModifiedTime(target, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()));
    }

    private Path beside() {
        for (int number = 2; ; number++) {
            var beside = target.resolveSibling(Existing.beside(String.valueOf(target.getFileName()), number));
            if (!Files.exists(beside, LinkOption.NOFOLLOW_LINKS) || number == Existing.MOST_BESIDE) {
                return beside;
            }
        }
    }
}
