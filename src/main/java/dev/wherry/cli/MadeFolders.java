package dev.wherry.cli;

import dev.wherry.fault.Fault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of this machine into which things are fetched. One that cannot be made is told of each file that was to
 * go below it, and stops no other.
 */
final class MadeFolders {
    /** The deepest first: their times are set when nothing more comes into them. */
    private final List<GetPlan.Folder> made = new ArrayList<>();

    /** The topmost that could not be made, and why. */
    private final Map<Path, Missing> missing = new LinkedHashMap<>();

    private MadeFolders() {}

    /** Makes those that are not there, and takes out of the plan what cannot go into one. */
    static MadeFolders of(GetPlan get) {
        var folders = new MadeFolders();
        get.folders().forEach(folders::make);
        if (!folders.missing.isEmpty()) {
            folders.giveUp(get.plan());
        }
        return folders;
    }

    /** Makes a folder with those above it. */
    static void make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException taken) {
            throw Fault.NOT_FOLDER.because("no folder, but a file: " + taken.getFile(), taken);
        }
    }

    private void make(GetPlan.Folder folder) {
        if (Files.isDirectory(folder.target())) {
            return;
        }
        if (missing(folder.target()).isPresent()) {
            return;
        }
        try {
            make(folder.target());
            made.addFirst(folder);
        } catch (IOException | RuntimeException impossible) {
            missing.put(folder.target(), new Missing(folder.target(), impossible));
        }
    }

    /** The folder that could not be made in which this one would lie, if it is not this one itself. */
    private Optional<Missing> missing(Path place) {
        for (var at = place; at != null; at = at.getParent()) {
            var found = missing.get(at);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    private void giveUp(Plan plan) {
        var untold = new LinkedHashMap<>(missing);
        for (var transfer : List.copyOf(plan.transfers())) {
            missing(Path.of(transfer.job().target())).ifPresent(folder -> {
                plan.giveUp(transfer, folder.why());
                untold.remove(folder.path());
            });
        }
        untold.forEach((path, folder) -> plan.problem(Job.Direction.DOWNLOAD, path.toString(), folder.why()));
    }

    /** Of whom nobody says that they may be set: that they are not is no reason to have failed. */
    void setTimes() {
        for (var folder : made) {
            try {
                if (folder.entry().modified().isPresent()) {
                    Files.setLastModifiedTime(
                            folder.target(),
                            FileTime.from(folder.entry().modified().get()));
                }
            } catch (IOException stays) {
                // All that was wanted of it is there.
            }
        }
    }

    private record Missing(Path path, Exception why) {}
}
