package dev.wherry.storage.backend;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import java.time.Instant;
import java.util.Optional;

/**
 * One entry of a folder, as it was when it was looked at.
 *
 * @param name its own name; for a {@link Kind#REFUSED} entry only fit to be shown
 * @param size in bytes; 0 for what is not a file
 * @param modified to the nanosecond where the backend keeps it so
 * @param etag of a file, else empty
 * @param sha256 of a file when it was recorded for just this version, never computed on the way
 * @param refused for a {@link Kind#REFUSED} entry the reason
 */
public record Entry(
        String name,
        Kind kind,
        long size,
        Instant modified,
        Optional<Etag> etag,
        Optional<Sha256> sha256,
        Optional<String> refused) {

    /**
     * A refusal because of this entry, with what a user needs to decide and a client to compare.
     *
     * @param fault {@code changed}, or {@code exists} for what could replace it, if it is a file
     */
    public FaultException inTheWay(Fault fault, VirtualPath path) {
        if (fault == Fault.CHANGED) {
            return told(fault.because("somebody changed it meanwhile: " + path + "; look at it again"), path);
        }
        return kind == Kind.FILE
                ? told(
                        fault.because("already exists: " + path
                                + "; confirm that it may be replaced, or choose another name"),
                        path)
                : taken(path);
    }

    /** The same for a folder that was to have this name: it replaces nothing. */
    public FaultException taken(VirtualPath path) {
        return told(Fault.EXISTS.because("already exists: " + path + "; choose another name"), path);
    }

    private FaultException told(FaultException because, VirtualPath path) {
        var refusal = because.with("path", path.toString()).with("kind", kind.word());
        if (kind == Kind.FILE) {
            refusal = refusal.with("size", size).with("modified", modified.toString());
        }
        if (etag.isPresent()) {
            refusal = refusal.with("etag", etag.get().value());
        }
        return sha256.isPresent() ? refusal.with("sha256", sha256.get().hex()) : refusal;
    }
}
