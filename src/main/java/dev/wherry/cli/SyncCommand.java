package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry sync}: a folder on one side becomes like one on the other. */
@Command(
        name = "sync",
        description = {
            "Make a folder like another: one here like one on the server, or the other way round.",
            "",
            "What is in SRC comes to be in DST, which is made if need be. Only files go that are missing there or "
                    + "differ by size or time; what only DST has stays, unless --delete is said. Files that were "
                    + "changed in DST are replaced, too: the source is right."
        },
        footer = {
            "",
            "Examples:",
            "  wherry sync photos :/backup/photos",
            "  wherry sync --delete --dry-run :/site /var/www/site"
        })
final class SyncCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SRC", description = "The folder that is right.")
    String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "The folder that becomes like it.")
    String target = "";

    @Option(names = "--delete", description = "Remove from DST what is not in SRC. What is excluded stays.")
    boolean delete;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Show what would be done, and do nothing.")
    boolean dryRun;

    @Option(names = "--checksum", description = "Compare files of one size by their SHA-256, and not by their times.")
    boolean checksum;

    @Option(names = "--follow", description = "Send what links here point to; else links are skipped and counted.")
    boolean follow;

    @Mixin
    final Carrying carrying;

    private final Surroundings around;

    SyncCommand(Surroundings around) {
        this.around = around;
        this.carrying = new Carrying(around);
    }

    @Override
    public Integer call() throws IOException {
        var from = around.place(source);
        var to = around.place(target);
        if (from instanceof Place.Local(var folder) && to instanceof Place.Remote remote) {
            return up(Path.of(folder), remote).number();
        }
        if (from instanceof Place.Remote remote && to instanceof Place.Local(var folder)) {
            return down(remote, Path.of(folder)).number();
        }
        throw new UsageException("sync goes between a folder here and one on a server, such as :/backup: " + from
                + " and " + to + " are on one side");
    }

    private ExitCode up(Path folder, Place.Remote place) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw Files.exists(folder)
                    ? new UsageException("no folder, but a file: " + folder + "; put sends files")
                    : Fault.NO_FOLDER.because("no such folder: " + folder);
        }
        var here = LocalTree.scan(folder, follow, carrying.selection);
        try (var carrier = carrying.carrier(place, around.screen(), new Existing())) {
            var tree = new RemoteTree(carrier.line());
            var path = RemoteTree.parse(place.path());
            var there = tree.find(path).isPresent() ? there(tree, path) : SyncTree.ofServer(carrying.selection);
            var side = new SyncSideThere(tree, path, carrier.line());
            if (!here.links().isEmpty()) {
                around.screen().note(LocalTree.skipped(here.links().size()));
            }
            // What is not seen of the target stays, which is no failure.
            var source = SyncTree.of(here, carrying.selection);
            var run = run(source, there, side, Job.Direction.UPLOAD, carrier);
            source.unseen().forEach(each -> run.unseen(each.found(), each.failure()));
            return dryRun ? run.tell() : run.carryOut();
        }
    }

    private ExitCode down(Place.Remote place, Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw Fault.NOT_FOLDER.because("no folder, but a file: " + folder);
        }
        try (var carrier = carrying.carrier(place, around.screen(), new Existing())) {
            var tree = new RemoteTree(carrier.line());
            var path = RemoteTree.parse(place.path());
            var there = there(tree, path);
            if (!dryRun) {
                Files.createDirectories(folder);
            }
            var here = Files.isDirectory(folder)
                    ? LocalTree.scan(folder, false, carrying.selection)
                    : LocalTree.empty(folder);
            var side = new SyncSideHere(path, folder, new LocalNames(around.windows()));
            var target = SyncTree.of(here, carrying.selection);
            var run = run(there, target, side, Job.Direction.DOWNLOAD, carrier);
            var above = path.isRoot() ? ":/" : ":" + path + "/";
            there.unseen().forEach(each -> run.unseen(above + each.found(), each.failure()));
            target.unseen().forEach(each -> run.unseen(each.found(), each.failure()));
            if (there.refused() > 0) {
                around.screen().note(skipped(there.refused()));
            }
            return dryRun ? run.tell() : run.carryOut();
        }
    }

    private static String skipped(int refused) {
        return refused + (refused == 1 ? " entry" : " entries")
                + " that the server does not open skipped, such as links";
    }

    private SyncTree there(RemoteTree tree, VirtualPath path) throws IOException {
        var there = SyncTree.ofServer(carrying.selection);
        try {
            tree.each(path, there::add);
            return there;
        } catch (FaultException refused) {
            throw switch (refused.fault()) {
                case NOT_FOUND, NO_FOLDER -> Fault.NO_FOLDER.because("no such folder: :" + path, refused);
                case NOT_FOLDER -> new UsageException("no folder, but a file: :" + path + "; get and put carry files");
                default -> refused;
            };
        }
    }

    private SyncRun run(SyncTree from, SyncTree to, SyncSide side, Job.Direction direction, Carrier carrier)
            throws IOException {
        return new SyncRun(SyncSteps.between(from, to, checksum, delete), side, direction, carrier, carrying.contact);
    }
}
