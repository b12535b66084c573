package dev.wherry.auth;

/** What somebody may do with a path and all below it. */
public enum Right {
    LIST,
    READ,
    WRITE,
    DELETE,
    SHARE,
    ADMINISTER
}
