package dev.wherry.protocol;

import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One request line, read once; nothing after this looks at a string again. */
public sealed interface Request {
    record Help(Optional<String> verb) implements Request {}

    record LoginPassword(String user, String password) implements Request {
        @Override
        public String toString() {
            return "LoginPassword[user=" + user + "]";
        }
    }

    record LoginToken(String token) implements Request {
        @Override
        public String toString() {
            return "LoginToken[]";
        }
    }

    /** @param all every session of the account, not only this one */
    record Logout(boolean all) implements Request {}

    record Quit() implements Request {}

    record WhoAmI() implements Request {}

    /** @param keepTokens whether the account's named tokens stay */
    record ChangePassword(String old, String changed, boolean keepTokens) implements Request {
        public ChangePassword(String old, String changed) {
            this(old, changed, false);
        }

        @Override
        public String toString() {
            return "ChangePassword[]";
        }
    }

    record Ping() implements Request {}

    /** @param digest whether entries carry the recorded SHA-256 */
    record ListFolder(VirtualPath path, boolean recursive, boolean digest) implements Request {}

    record Stat(VirtualPath path) implements Request {}

    /**
     * An upload; exactly one data phase of the client follows its line.
     *
     * @param size in bytes; empty for {@code unknown}
     * @param source what the client calls the file at its end, for people who look at the upload later
     */
    record Upload(
            VirtualPath path,
            OptionalLong size,
            Precondition expected,
            boolean parents,
            Optional<Instant> modified,
            Optional<String> source)
            implements Request {}

    /**
     * An upload that was begun before goes on; exactly one data phase of the client follows its line.
     *
     * @param size of the source now, in bytes, where the client knows it: the row must agree
     * @param modified of the source now; the same
     * @param to where it shall be published, if not where it was to be
     * @param expected what may be there, if not what was said before
     */
    record Resume(
            String upload,
            OptionalLong size,
            Optional<Instant> modified,
            Optional<VirtualPath> to,
            Optional<Precondition> expected)
            implements Request {}

    /** The unfinished uploads of who asks. */
    record Uploads() implements Request {}

    /** Removes an unfinished upload. */
    record Cancel(String upload) implements Request {}

    /** @param length in bytes; empty for all from the offset on */
    record Download(VirtualPath path, long offset, OptionalLong length, Optional<Etag> expected) implements Request {}

    /** @param expected the version that may be deleted; empty for any */
    record Delete(VirtualPath path, Optional<Etag> expected) implements Request {
        public Delete(VirtualPath path) {
            this(path, Optional.empty());
        }
    }

    record MakeFolder(VirtualPath path) implements Request {}

    record RemoveFolder(VirtualPath path, boolean recursive) implements Request {}

    /** @param expected what may be there under the new name */
    record Move(VirtualPath from, VirtualPath to, Precondition expected) implements Request {}

    /** Reads a file again and compares it with its recorded digest. */
    record Verify(VirtualPath path) implements Request {}

    /** What runs now. */
    record Transfers() implements Request {}

    /** What was counted since the start. */
    record Stats() implements Request {}

    /**
     * Transfers that ended, the newest first.
     *
     * @param limit how many at most; empty for as many as the server gives at once
     * @param user only of this account
     * @param path only of this path, and of what is below it
     */
    record History(
            Optional<Instant> since,
            Optional<Instant> until,
            OptionalLong limit,
            Optional<String> user,
            Optional<VirtualPath> path)
            implements Request {}

    /** Live lines until the client sends another; both when neither is asked for. */
    record Tail(boolean events, boolean metrics) implements Request {
        public Tail {
            if (!events && !metrics) {
                events = true;
                metrics = true;
            }
        }
    }

    /**
     * A new account.
     *
     * @param password empty for a one-time password of the server's making
     * @param rights what the account may do, as {@code PATH:RIGHTS} rules; empty for the usual ones
     */
    record UserAdd(String name, Optional<String> password, boolean admin, List<String> rights) implements Request {
        @Override
        public String toString() {
            return "UserAdd[name=" + name + "]";
        }
    }

    record UserList() implements Request {}

    record UserRemove(String name) implements Request {}

    /** An administrator gives the account a one-time password in place of its own. */
    record UserReset(String name) implements Request {}

    /** What the account may do from now on. */
    record UserRights(String name, List<String> rights) implements Request {}

    /** Asks which rule decides whether the account may do this with the path. */
    record UserExplain(String name, String right, VirtualPath path) implements Request {}

    /**
     * A named token, to log in without a password.
     *
     * @param expires empty for one that lasts until it is revoked
     * @param rights that the token has at most; empty for all that the account has
     */
    record TokenCreate(String name, Optional<Instant> expires, List<String> rights) implements Request {}

    record TokenList() implements Request {}

    record TokenRevoke(String name) implements Request {}

    /** How many bytes a folder may hold, with all below it. */
    record QuotaSet(VirtualPath path, long bytes) implements Request {}

    record QuotaList() implements Request {}

    record QuotaRemove(VirtualPath path) implements Request {}

    /**
     * A line that could not be read as a request.
     *
     * @param fault what is wrong, and the nearest right word where there is one
     * @param dataPhase whether the line's verb was one that a data phase follows
     * @param close whether the server cannot keep step with the client any more, and must answer and close
     */
    record Malformed(FaultException fault, boolean dataPhase, boolean close) implements Request {}

    /** Whether a data phase of the client follows this request's line, whatever becomes of the request. */
    default boolean hasDataPhase() {
        return switch (this) {
            case Upload ignored -> true;
            case Resume ignored -> true;
            case Malformed malformed -> malformed.dataPhase();
            default -> false;
        };
    }
}
