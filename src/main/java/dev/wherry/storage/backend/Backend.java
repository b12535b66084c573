package dev.wherry.storage.backend;

import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;

/**
 * A place where bytes live.
 *
 * <p><b>Who checks what.</b> Storage has authorised every call and holds the lease that it needs; the backend checks
 * only what the place itself must: that the name resolves beneath its root without following a link, that what is there
 * is what the call is for, and preconditions, in the same step that acts on them.
 *
 * <p><b>When absent.</b> A missing entry is {@code not-found}, a missing folder above it {@code no-folder}. A folder
 * where a file is wanted is {@code is-folder}, the reverse {@code not-folder}; a link, device or foreign mount is
 * {@code refused-entry}. {@code exists} and {@code changed} carry the facts of what is there: etag, size, modified and
 * sha256 where recorded.
 *
 * <p><b>What survives.</b> When a future of a changing call succeeds, the change survives a power cut. When it fails,
 * or the process dies meanwhile, the old state or the new is there, whole, never a mixture.
 *
 * <p>All methods may be called from any context, return at once, and answer on the context of the caller.
 */
public interface Backend {
    /** What is there. */
    Future<Entry> stat(VirtualPath path);

    /** Opens a folder for reading. */
    Future<Folder> list(VirtualPath path);

    /** Opens the version of a file that is there now. */
    Future<Content> open(VirtualPath path);

    /** Makes the place for the bytes of a new upload; that it cannot be made may show at the first write only. */
    Future<Sink> create(UploadId upload);

    /**
     * Opens the place of an upload that was begun before, at the end of what is there; where nothing is any more, at
     * zero. What is there is hashed again, where its digest so far is not known, while new bytes flow.
     */
    Future<Sink> resume(UploadId upload);

    /** How many bytes of an upload are here, and will not be taken back; none where nothing is any more. */
    Future<Long> held(UploadId upload);

    /**
     * Cuts off, durably, what an upload that nobody writes holds behind this many bytes; no failure where it is gone.
     */
    Future<Void> cutBack(UploadId upload, long bytes);

    /**
     * Gives a sealed upload its name: a new name never replaces anything, a replacement is for the version that was
     * confirmed. Idempotent by the upload: where the target already is this upload, it is made durable and answered.
     *
     * @param parents which missing folders above the target are made
     * @return the entry as published; {@code exists} or {@code changed} when the precondition does not hold, and
     *     {@code no-folder} or {@code denied} for a missing one: the upload stays sealed, to be published elsewhere. A
     *     version that is expected where nothing is any more is {@code changed}, without facts
     */
    Future<Entry> publish(UploadId upload, VirtualPath target, Precondition expected, Parents parents);

    /** Removes the bytes of an upload that was not published. One that is not there is no failure. */
    Future<Void> discard(UploadId upload);

    /** The uploads whose bytes have lain here unpublished and untouched for at least {@code age}. */
    Future<Set<UploadId>> staged(Duration age);

    /** Makes a folder, and the missing ones above it that may be made; {@code exists} when anything is there. */
    Future<Void> makeFolder(VirtualPath path, Parents parents);

    /**
     * Removes a folder. Not recursive: {@code not-empty} with the number of {@code entries} when there is anything in
     * it. Recursive: everything below goes first, deepest first; stopped half-way it leaves the rest.
     */
    Future<Void> removeFolder(VirtualPath path, boolean recursive);

    /** Removes a file. */
    Future<Void> delete(VirtualPath path);

    /**
     * Gives an entry another name.
     *
     * @param expected what may be under the new name; a folder never replaces anything, and is not moved into itself
     *     ({@code bad-name})
     */
    Future<Void> move(VirtualPath from, VirtualPath to, Precondition expected);

    /** The bytes that may still be written here by this server. */
    Future<Long> freeBytes();

    /** The bytes that there would be on an empty disk. */
    Future<Long> sizeBytes();
}
