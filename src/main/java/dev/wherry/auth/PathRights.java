package dev.wherry.auth;

import dev.wherry.auth.PathRight.Reach;
import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.Authorization;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that one account may do: the longest rule for a path decides, alone. An administrator may administer
 * everywhere, whatever the rules say, so that nobody locks the last one out by a rule.
 *
 * @param rules the longest first
 */
record PathRights(List<PathRule> rules, boolean administrator) implements Verified {
    PathRights {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(
                                (PathRule rule) -> rule.path().segments().size())
                        .reversed()
                        .thenComparing(PathRule::path))
                .toList();
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

    /**
     * What is left of these where no more is granted than that. Where each has a rule about a path the longer one of
     * each decides, so the paths of both, each with what both grant there, say all of it.
     */
    PathRights within(List<PathRule> most) {
        var limit = new PathRights(most, false);
        var both = Stream.of(Stream.of(VirtualPath.ROOT), paths(), limit.paths())
                .flatMap(paths -> paths)
                .distinct()
                .map(path -> new PathRule(path, common(path, limit)))
                .toList();
        return new PathRights(both, false);
    }

    private Stream<VirtualPath> paths() {
        return rules.stream().map(PathRule::path);
    }

    private Set<Right> common(VirtualPath path, PathRights limit) {
        return Arrays.stream(Right.values())
                .filter(right -> grants(right, path) && limit.grants(right, path))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The rule that decides about this path; where there is none, nothing is granted. */
    Optional<PathRule> deciding(VirtualPath path) {
        return rules.stream().filter(rule -> path.isWithin(rule.path())).findFirst();
    }

    /** Whether this is granted, and because of what. */
    Auth.Explanation explain(Right right, VirtualPath path) {
        boolean asAdministrator = administrator && right == Right.ADMINISTER;
        var rule = asAdministrator ? Optional.<String>empty() : deciding(path).map(PathRule::toString);
        return new Auth.Explanation(grants(right, path), rule, asAdministrator);
    }

    List<String> texts() {
        return rules.reversed().stream().map(PathRule::toString).toList();
    }
}
