package dev.wherry.storage;

import dev.wherry.auth.Principal;
import dev.wherry.path.Precondition;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Sealed;
import dev.wherry.storage.backend.UploadId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What can be asked of storage. Each carries who asks: no door can forget. From where is told with what was changed.
 */
public sealed interface StorageRequest {
    Principal who();

    record Stat(Principal who, VirtualPath path) implements StorageRequest {}

    /** Asks whether a folder may be read; reading it is then done at the backend, without the bus. */
    record ListFolder(Principal who, VirtualPath path) implements StorageRequest {}

    /**
     * Asks for the right to upload.
     *
     * @param size in bytes, when known
     * @param parents whether missing folders above the target are made when it is published
     * @param source what the client calls the file at its end
     */
    record Reserve(
            Principal who,
            VirtualPath path,
            OptionalLong size,
            Precondition expected,
            boolean parents,
            Optional<Instant> modified,
            Optional<String> source)
            implements StorageRequest {}

    /**
     * Asks for an upload to be remembered, of which nothing is sent yet.
     *
     * @param metadata what its sender wants to be told again, in their own words
     */
    record Prepare(Reserve upload, Optional<String> metadata) implements StorageRequest {
        @Override
        public Principal who() {
            return upload.who();
        }
    }

    /** Asks how an upload stands. */
    record FindUpload(Principal who, UploadId upload) implements StorageRequest {}

    /** Tells how far an upload would survive a power cut. */
    record Progress(Principal who, UploadId upload, long durable) implements StorageRequest {}

    /** Publishes a sealed upload. */
    record Commit(Principal who, UploadId upload, Sealed sealed) implements StorageRequest {}

    /**
     * Ends the operation on an upload without publishing it.
     *
     * @param durable bytes that would survive a power cut
     */
    record Release(Principal who, UploadId upload, long durable, Fate fate) implements StorageRequest {}

    /** What becomes of the bytes of an upload that is not published. */
    enum Fate {
        /** They stay, to be resumed until they expire. */
        KEEP,
        /** The same, but the disk failed: what lies behind the durable offset must not be believed. */
        SUSPECT,
        /** They are removed. */
        DROP
    }

    /**
     * Asks to go on with an upload that was begun before, at whichever door.
     *
     * @param size of the source now, in bytes, where the sender knows it
     * @param modified of the source now, the same
     * @param to another name to publish it under
     * @param expected what may be there, if not what was said before
     * @param promised the digest of the whole, if it is said by now, and not what was said before
     */
    record Resume(
            Principal who,
            UploadId upload,
            OptionalLong size,
            Optional<Instant> modified,
            Optional<VirtualPath> to,
            Optional<Precondition> expected,
            Optional<Sha256> promised)
            implements StorageRequest {}

    /** Asks which uploads of this account are unfinished. */
    record ListUploads(Principal who) implements StorageRequest {}

    /** Removes an unfinished upload; one that runs is stopped first. */
    record Cancel(Principal who, UploadId upload) implements StorageRequest {}

    /** Asks for the right to read a file, and holds off whoever would delete or move it. */
    record Open(Principal who, VirtualPath path) implements StorageRequest {}

    /** Ends what {@link Open} began. */
    record Close(Principal who, LeaseId lease) implements StorageRequest {}

    /** Limits what a folder may hold, with all below it; in bytes. */
    record SetQuota(Principal who, VirtualPath path, long bytes) implements StorageRequest {}

    /** Asks for the quotas of the folders that these administer. */
    record ListQuotas(Principal who) implements StorageRequest {}

    record RemoveQuota(Principal who, VirtualPath path) implements StorageRequest {}

    record Delete(Principal who, VirtualPath path, Precondition expected, Optional<Whence> whence)
            implements StorageRequest {
        /** Whatever version is there. */
        public Delete(Principal who, VirtualPath path) {
            this(who, path, new Precondition.Any(), Optional.empty());
        }
    }

    record MakeFolder(Principal who, VirtualPath path, Optional<Whence> whence) implements StorageRequest {
        public MakeFolder(Principal who, VirtualPath path) {
            this(who, path, Optional.empty());
        }
    }

    record RemoveFolder(Principal who, VirtualPath path, boolean recursive, Optional<Whence> whence)
            implements StorageRequest {
        public RemoveFolder(Principal who, VirtualPath path, boolean recursive) {
            this(who, path, recursive, Optional.empty());
        }
    }

    record Move(Principal who, VirtualPath from, VirtualPath to, Precondition expected, Optional<Whence> whence)
            implements StorageRequest {
        public Move(Principal who, VirtualPath from, VirtualPath to, Precondition expected) {
            this(who, from, to, expected, Optional.empty());
        }
    }
}
