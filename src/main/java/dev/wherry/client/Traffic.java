package dev.wherry.client;

/** What a connection is for. */
public enum Traffic {
    /** Questions and their answers. */
    TALK,

    /** Files, which nothing that is asked should have to wait for. */
    FILES,

    /** So many bytes that a slower start is soon made up for. */
    BULK;

    /** From so many bytes on; what BoringSSL costs to load, it has saved by then. */
    private static final long MUCH = 128L * 1024 * 1024;

    public static Traffic ofFiles(long bytes) {
        return bytes >= MUCH ? BULK : FILES;
    }
}
