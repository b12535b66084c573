package dev.wherry.client;

/** What a connection is for. */
public enum Traffic {
    /** Questions and their answers: begins soonest. */
    TALK,

    /** Files, which nothing that is asked should have to wait for: carries a gigabyte soonest. */
    FILES
}
