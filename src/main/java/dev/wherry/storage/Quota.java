package dev.wherry.storage;

import dev.wherry.fault.Fault;
import dev.wherry.path.VirtualPath;

/** How much one folder may hold, and does. Confined to the context of the storage verticle. */
final class Quota {
    private final VirtualPath path;
    private long bytes;
    /** Of its files, as far as it is known. */
    private long used;
    /** That is on its way into the tree: its publishing, or moving, has begun. */
    private long held;
    /** That comes or goes just now: it may be counted already, or not yet. */
    private long moving;
    /** How much has come and gone since the files began to be counted. */
    private long changed;

    Quota(VirtualPath path, long bytes, long used) {
        this.path = path;
        this.bytes = bytes;
        this.used = used;
    }

    /** One that limits nothing yet, because it is not known what is there. */
    static Quota unlimited(VirtualPath path) {
        return new Quota(path, Long.MAX_VALUE, 0);
    }

    VirtualPath path() {
        return path;
    }

    long bytes() {
        return bytes;
    }

    void allow(long most) {
        bytes = most;
    }

    /** What its files have, and those that are about to be published. */
    long used() {
        return used + held;
    }

    /**
     * Refuses what would be too much: {@code over-quota}. What makes it less is never too much.
     *
     * @param staged bytes that lie here beside the files, to become some
     */
    void demandRoom(long wanted, long staged) {
        long holds = used() + staged;
        if (wanted > 0 && wanted > bytes - holds) {
            throw Fault.OVER_QUOTA
                    .because("over quota: " + path + " may hold " + bytes + " bytes and holds " + holds + ", and "
                            + wanted + " more are wanted; make room there, or ask an administrator for more")
                    .with("path", path.toString())
                    .with("used", holds)
                    .with("allowed", bytes)
                    .with("wanted", wanted);
        }
    }

    void hold(long more) {
        held += Math.max(0, more);
        moving += Math.abs(more);
    }

    void letGo(long more) {
        held -= Math.max(0, more);
        moving -= Math.abs(more);
    }

    void change(long more) {
        used = Math.max(0, used + more);
        changed += Math.abs(more);
    }

    void beginToCount() {
        changed = 0;
    }

    /**
     * Takes what the files were found to have. A difference that is no more than what came and went meanwhile, or does
     * now, is none: whether that was counted depends on where the count just was.
     */
    boolean found(long counted) {
        boolean differs = Math.abs(counted - used) > changed + moving;
        if (differs) {
            used = counted;
        }
        return differs;
    }

    /**
     * Takes what the files were found to have when they were counted for the first time.
     *
     * @return whether something came or went meanwhile: nobody knows whether that was counted, so it is done again
     */
    boolean foundFirst(long counted) {
        used = counted;
        return changed + moving > 0;
    }

    long files() {
        return used;
    }
}
