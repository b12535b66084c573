package dev.wherry.auth;

import java.util.List;

/** Principals for tests of whatever asks nothing of their rights. */
public final class Somebody {
    private Somebody() {}

    /** Who came in with all that their account may do, which is nothing. */
    public static Principal called(String account, long session) {
        return Principal.of(account, session, false, new PathRights(List.of(), false));
    }
}
