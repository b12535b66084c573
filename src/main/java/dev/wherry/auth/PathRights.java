package dev.wherry.auth;

import dev.wherry.auth.PathRight.Reach;
import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.AuthorizationContext;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one account may do: the longest rule for a path decides, alone. An administrator may administer
 * everywhere, whatever the rules say, so that nobody locks the last one out by a rule.
 *
 * @param rules the longest first
 */
record PathRights(List<PathRule> rules, boolean administrator) implements Authorization {
    PathRights {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(
                                (PathRule rule) -> rule.path().segments().size())
                        .reversed()
                        .thenComparing(PathRule::path))
                .toList();
    }

    @Override
    public boolean match(AuthorizationContext context) {
        return context.user().authorizations().verify(this);
    }

    @Override
    public boolean verify(Authorization asked) {
        return switch (asked) {
            case PathRight(var right, var path, var reach) ->
                grants(right, path) && (reach == Reach.ITSELF || grantsBelow(right, path));
            default -> equals(asked);
        };
    }

    private boolean grants(Right right, VirtualPath path) {
        return (administrator && right == Right.ADMINISTER)
                || deciding(path).map(rule -> rule.rights().contains(right)).orElse(false);
    }

    private boolean grantsBelow(Right right, VirtualPath folder) {
        return rules.stream().filter(rule -> rule.path().isWithin(folder)).allMatch(rule -> grants(right, rule.path()));
    }

    /** The rule that decides about this path; where there is none, nothing is granted. */
    Optional<PathRule> deciding(VirtualPath path) {
        return rules.stream().filter(rule -> path.isWithin(rule.path())).findFirst();
    }

    List<String> texts() {
        return rules.reversed().stream().map(PathRule::toString).toList();
    }
}
