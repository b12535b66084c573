package dev.wherry.metrics;

import java.util.Set;

/**
 * The closed sets under which things are counted. A name that a user chose must never become a label: memory would grow
 * with it, and the count would tell what only the log may.
 */
final class Labels {
    /** Whatever is in no set. */
    static final String OTHER = "other";

    static final Set<String> DOORS = Set.of("console", "web", "management", OTHER);

    static final Set<String> VERBS = Set.of(
            // the console's
            "help",
            "login",
            "logout",
            "quit",
            "whoami",
            "password",
            "ping",
            "list",
            "stat",
            "upload",
            "resume",
            "cancel",
            "uploads",
            "download",
            "delete",
            "mkdir",
            "rmdir",
            "move",
            "verify",
            "tail",
            "transfers",
            "stats",
            "history",
            "token",
            "user",
            "quota",
            // the web's
            "page",
            "session",
            "change",
            "options",
            "refused",
            "unknown",
            OTHER);

    private Labels() {}

    static String door(String door) {
        return DOORS.contains(door) ? door : OTHER;
    }

    static String verb(String verb) {
        return VERBS.contains(verb) ? verb : OTHER;
    }
}
