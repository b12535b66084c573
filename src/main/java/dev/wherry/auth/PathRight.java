package dev.wherry.auth;

import dev.wherry.path.VirtualPath;

/**
 * One right on one path: what the gate asks for. It matches when the user's longest rule for that path grants it.
 *
 * @param reach whether everything that is, or could be, below the path is asked about too
 */
public record PathRight(Right right, VirtualPath path, Reach reach) implements Verified {
    /** How much of the tree a question is about. */
    public enum Reach {
        ITSELF,
        ALL_BELOW
    }
}
