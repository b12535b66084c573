package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.storage.backend.UploadId;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The served folder at start: opened, its staging folder made, and everything tried there that is relied on later. */
record ServedFolder(Tree tree, Optional<Staging> staging) {
    private static final Logger LOG = LoggerFactory.getLogger(ServedFolder.class);

    private static final int STAGING_MODE = 0700;
    private static final byte[] ITSELF = {'.'};

    static ServedFolder open(Path root, boolean readOnly) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw Fault.UNAVAILABLE.because("the server runs on Linux 5.6 and later; this system is "
                    + System.getProperty("os.name", "another"));
        }
        var folder = openRoot(root);
        try {
            if (readOnly) {
                return new ServedFolder(new Tree(folder, new Attributes(true)), Optional.empty());
            }
            var staging = new Staging(stagingFolder(root, folder));
            return new ServedFolder(new Tree(folder, probe(root, staging)), Optional.of(staging));
        } catch (RuntimeException failure) {
            folder.close();
            throw failure instanceof SystemFailure system ? unusable(root, system) : failure;
        }
    }

    private static Descriptor openRoot(Path root) {
        Descriptor folder;
        try {
            folder = Descriptor.ofFolder(root);
        } catch (SystemFailure failure) {
            throw switch (failure.errno()) {
                case Errno.ENOSYS ->
                    Fault.UNAVAILABLE.because("the server needs Linux 5.6 or later: this one has no openat2", failure);
                case Errno.ENOENT -> Fault.NOT_FOUND.because("the folder to serve, " + root + ", is not there");
                case Errno.ENOTDIR -> Fault.NOT_FOLDER.because(root + " is not a folder, so it cannot be served");
                default -> unusable(root, failure);
            };
        }
        try {
            folder.openFolder(ITSELF).close();
            return folder;
        } catch (SystemFailure failure) {
            folder.close();
            throw unusable(root, failure);
        }
    }

    private static FaultException unusable(Path root, SystemFailure failure) {
        return Fault.UNAVAILABLE.because(
                "the folder " + root + " cannot be served (" + failure.getMessage()
                        + "); check its permissions, that /proc is there, and, in a container, that openat2 is allowed",
                failure);
    }

    /** Beneath the root, on its own file system, for the server's account alone. */
    private static Descriptor stagingFolder(Path root, Descriptor folder) {
        try {
            try {
                folder.makeFolder(Staging.NAME, STAGING_MODE);
            } catch (SystemFailure failure) {
                if (failure.errno() != Errno.EEXIST) {
                    throw failure;
                }
            }
            var staging = folder.openFolder(Staging.NAME);
            // Part files get the group of this folder, as files made in the served one would.
            staging.setMode(STAGING_MODE | (staging.stat().mode() & Stat.SET_GROUP));
            folder.sync();
            if (staging.stat().device() != folder.stat().device()) {
                throw new SystemFailure("stat", Errno.EXDEV);
            }
            return staging;
        } catch (SystemFailure failure) {
            throw Fault.UNAVAILABLE.because(
                    "unfinished uploads would lie in " + root + "/.wherry-staging, which must be a folder on the same"
                            + " file system that the server's account owns (" + failure.getMessage()
                            + "); mend that, or serve with files.readOnly",
                    failure);
        }
    }

    /** Tries a rename that must not replace, and an attribute, on two files that are removed again. */
    private static Attributes probe(Path root, Staging staging) {
        var first = UploadId.random();
        var second = UploadId.random();
        try (var file = staging.create(first)) {
            staging.create(second).close();
            requireRename(root, staging, first, second);
            var attributes = Attributes.probe(file);
            if (!attributes.kept()) {
                LOG.warn("The file system of {} keeps no attributes: digests of files will not be recorded", root);
            }
            return attributes;
        } finally {
            staging.remove(first);
            staging.remove(second);
        }
    }

    private static void requireRename(Path root, Staging staging, UploadId from, UploadId to) {
        try {
            staging.folder().rename(Staging.name(from), staging.folder(), Staging.name(to), Flags.RENAME_NOREPLACE);
        } catch (SystemFailure failure) {
            if (failure.errno() == Errno.EEXIST) {
                return;
            }
            throw Fault.UNAVAILABLE.because(
                    "the file system of " + root + " cannot rename without replacing (" + failure.getMessage()
                            + "); serve a folder on ext4, xfs, btrfs or another that can",
                    failure);
        }
        throw Fault.UNAVAILABLE.because("the file system of " + root + " replaced a file that it was told not to"
                + " replace; serve a folder on ext4, xfs, btrfs or another that keeps its word");
    }
}
