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

    record ChangePassword(String old, String changed) implements Request {
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

    /** @param length in bytes; empty for all from the offset on */
    record Download(VirtualPath path, long offset, OptionalLong length, Optional<Etag> expected) implements Request {}

    record Delete(VirtualPath path) implements Request {}

    record MakeFolder(VirtualPath path) implements Request {}

    record RemoveFolder(VirtualPath path, boolean recursive) implements Request {}

    record Move(VirtualPath from, VirtualPath to, Precondition expected) implements Request {}

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
            case Malformed malformed -> malformed.dataPhase();
            default -> false;
        };
    }
}
