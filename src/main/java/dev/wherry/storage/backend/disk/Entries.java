package dev.wherry.storage.backend.disk;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Kind;
import dev.wherry.path.Sha256;
import dev.wherry.path.VirtualPath;
import dev.wherry.storage.backend.Entry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** What the system tells about a file or folder, as an {@link Entry}. */
final class Entries {
    /** What no upload's id begins with, so that the two kinds of version cannot be the same. */
    private static final String HASHED = "m-";

    private static final int HASH_DIGITS = 40;

    private Entries() {}

    /** A file with what is recorded with it, or a folder. */
    static Entry of(String name, Stat stat, Optional<VersionAttribute> recorded) {
        if (stat.isFolder()) {
            return new Entry(
                    name, Kind.FOLDER, 0, stat.modified(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        var valid = recorded.filter(attribute -> attribute.agreesWith(stat));
        return new Entry(
                name,
                Kind.FILE,
                stat.size(),
                stat.modified(),
                Optional.of(valid.map(VersionAttribute::version).orElseGet(() -> hashed(stat))),
                valid.map(VersionAttribute::sha256),
                Optional.empty());
    }

    /** Something that is listed, and never opened. */
    static Entry refused(String name, Stat stat, String reason) {
        return new Entry(
                name, Kind.REFUSED, 0, stat.modified(), Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    /** Why an entry is refused for what it is, if it is. */
    static Optional<String> oddity(Stat stat) {
        if (!stat.isFile() && !stat.isFolder()) {
            return Optional.of(stat.oddity());
        }
        return stat.mountRoot() ? Optional.of("another file system is mounted there") : Optional.empty();
    }

    /** Refuses what is neither a file nor a folder of this file system, which may begin at the root itself. */
    static Stat checked(VirtualPath path, Stat stat) {
        var oddity = path.isRoot() ? Optional.<String>empty() : oddity(stat);
        if (oddity.isPresent()) {
            throw refusal(path, oddity.get());
        }
        return stat;
    }

    static FaultException refusal(VirtualPath path, String reason) {
        return Fault.REFUSED_ENTRY
                .because("\"" + path + "\" cannot be used: " + reason)
                .with("reason", reason);
    }

    /** The version of a file that an operator put there or edited. */
    private static Etag hashed(Stat stat) {
        var facts = ByteBuffer.allocate(7 * Long.BYTES)
                .putLong(stat.device())
                .putLong(stat.inode())
                .putLong(stat.size());
        put(facts, stat.modified());
        put(facts, stat.changed());
        var digest = Sha256.digest();
        digest.update(facts.flip());
        return new Etag(HASHED + Sha256.of(digest).hex().substring(0, HASH_DIGITS));
    }

    private static void put(ByteBuffer facts, Instant time) {
        facts.putLong(time.getEpochSecond()).putLong(time.getNano());
    }
}
