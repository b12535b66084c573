package dev.wherry.auth;

import dev.wherry.path.VirtualPath;
import java.time.Instant;
import java.util.List;

/**
 * An account as it lies in the database.
 *
 * @param revocation what a session must carry to count
 */
record StoredAccount(
        long id,
        String name,
        String passwordHash,
        boolean administrator,
        boolean disabled,
        boolean mustChangePassword,
        long revocation,
        Instant created,
        List<PathRule> rules) {

    /** A new one, with the rules given or, without any, the usual ones. */
    static StoredAccount fresh(String name, boolean administrator, List<PathRule> rules, Secret secret, Instant now) {
        var usual = administrator ? PathRule.EVERYTHING : PathRule.USUAL;
        return new StoredAccount(
                Secrets.id(),
                name,
                secret.hash(),
                administrator,
                false,
                secret.once(),
                0,
                now,
                rules.isEmpty() ? List.of(usual) : rules);
    }

    PathRights rights() {
        return new PathRights(rules, administrator);
    }

    Auth.Account shown() {
        return new Auth.Account(name, administrator, rights().texts(), created, mustChangePassword);
    }

    /** Whether the rules say what only being an administrator can: administering everything. */
    static boolean claimsEverything(List<PathRule> rules) {
        return rules.stream()
                .anyMatch(rule ->
                        rule.path().equals(VirtualPath.ROOT) && rule.rights().contains(Right.ADMINISTER));
    }

    @Override
    public String toString() {
        return "StoredAccount[name=" + name + "]";
    }

    /**
     * How a password is kept.
     *
     * @param once whether it must be changed at the first login
     */
    record Secret(String hash, boolean once) {
        @Override
        public String toString() {
            return "Secret[once=" + once + "]";
        }
    }
}
