package dev.wherry.cli;

import dev.wherry.client.Sending;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What another command has begun to send is gone on with.
 *
 * @param to where it shall be published, if not where it was to be
 * @param expected what may be there, if not what was said before
 */
record ResumeFile(String upload, LocalContent content, Optional<VirtualPath> to, Optional<Precondition> expected)
        implements Transfer {
    /** @param destination the root stands for where it was to be */
    static ResumeFile of(String upload, String typed, Destination destination, Existing existing) throws IOException {
        var path = Path.of(typed);
        try {
            var content = LocalContent.OfFile.of(path, Files.readAttributes(path, BasicFileAttributes.class));
            Optional<VirtualPath> to = destination.path().isRoot()
                    ? Optional.empty()
                    : Optional.of(destination.pathFor(Optional.of(
                            String.valueOf(path.toAbsolutePath().normalize().getFileName()))));
            Optional<Precondition> expected = Optional.of(existing.expected());
            return new ResumeFile(upload, content, to, expected.filter(Precondition.Any.class::isInstance));
        } catch (NoSuchFileException missing) {
            throw Fault.NOT_FOUND.because("no such file: " + typed, missing);
        }
    }

    @Override
    public Job job() {
        var target = to.map(path -> ":" + path).orElse("upload " + upload);
        return new Job(Job.Direction.UPLOAD, content.name(), target, content.size());
    }

    @Override
    public Outcome run(Line line, Conduct conduct) throws IOException {
        try (var source = conduct.pace().slowed(content.open())) {
            var watch = conduct.interrupts().watching(conduct.reporter().started(job()));
            var uploaded = line.persistent().upload(Sending.goingOn(upload, source, to, expected), watch);
            var job = uploaded.entry().name().isEmpty()
                    ? job()
                    : job().withTarget(":" + uploaded.entry().name());
            return Outcome.Went.of(job, uploaded);
        } catch (FaultException refused) {
            throw told(refused);
        }
    }

    private FaultException told(FaultException refused) {
        return switch (refused.fault()) {
            case NOT_FOUND ->
                Fault.NOT_FOUND.because(
                        "no such upload: " + upload + "; it expired, was cancelled, or is of another account", refused);
            case EXISTS ->
                Fault.EXISTS.because(
                        "already exists: " + place(refused)
                                + "; say --overwrite to replace it, or name another place behind the file",
                        refused);
            case CHANGED -> changed(refused);
            default -> refused;
        };
    }

    /** What names a path is about what is there, and not about the file here. */
    private FaultException changed(FaultException refused) {
        var message = refused.facts().containsKey("path")
                ? "not the version any more that was to be replaced: " + place(refused)
                        + "; say --overwrite all the same, or name another place behind the file"
                : content.name() + " is not what upload " + upload + " was begun with; send it anew without --resume";
        return Fault.CHANGED.because(message, refused);
    }

    private String place(FaultException refused) {
        return refused.facts().get("path") instanceof String path
                ? ":" + path
                : to.map(named -> ":" + named).orElse("where it was to be");
    }
}
