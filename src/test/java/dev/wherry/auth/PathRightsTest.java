package dev.wherry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import io.vertx.ext.auth.authorization.AuthorizationContext;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest rule for a path decides, and it alone. */
final class PathRightsTest {
    private static final List<String> RULES = List.of(
            "/:list,read",
            "/team:list,read,write,delete",
            "/team/archive:list,read",
            "/team/archive/private:none",
            "/inbox:write",
            "/été:write,share",
            "/a:b:administer");

    @ParameterizedTest
    @CsvSource({
        "READ, /, true",
        "WRITE, /, false",
        "READ, /file, true",
        "DELETE, /file, false",
        "WRITE, /team, true",
        "WRITE, /team/x/y/z, true",
        "WRITE, /teams, false",
        "READ, /teams, true",
        "WRITE, /tea, false",
        "WRITE, /team/archive, false",
        "DELETE, /team/archive/2024, false",
        "READ, /team/archive/2024, true",
        "WRITE, /team/archive2, true",
        "READ, /team/archive/private, false",
        "LIST, /team/archive/private/x, false",
        "LIST, /team/archive/privat, true",
        "WRITE, /inbox/x, true",
        "READ, /inbox/x, false",
        "SHARE, /été/photo, true",
        "SHARE, /e\u0301te\u0301/photo, true",
        "READ, /été/photo, false",
        "ADMINISTER, /a:b/c, true",
        "ADMINISTER, /a, false",
        "READ, /TEAM/archive/private, true",
    })
    void theLongestRuleDecides(Right right, String path, boolean granted) {
        var who = principal(RULES, false);
        var asked = new PathRight(right, VirtualPath.parse(path), PathRight.Reach.ITSELF);

        assertThat(who.may(right, VirtualPath.parse(path))).isEqualTo(granted);
        assertThat(asked.match(AuthorizationContext.create(who.user()))).isEqualTo(granted);
    }

    @Test
    void theOrderInWhichRulesAreGivenDoesNotMatter() {
        var backwards = principal(RULES.reversed(), false);

        assertThat(backwards.may(Right.READ, VirtualPath.parse("/team/archive/private")))
                .isFalse();
        assertThat(backwards.may(Right.WRITE, VirtualPath.parse("/team/x"))).isTrue();
    }

    @Test
    void withoutARuleNothingIsGranted() {
        for (var right : Right.values()) {
            assertThat(principal(List.of(), false).may(right, VirtualPath.ROOT)).isFalse();
            assertThat(principal(List.of("/a:read"), false).may(right, VirtualPath.parse("/b")))
                    .isFalse();
        }
    }

    @Test
    void anAdministratorAdministersWhateverTheRulesSay() {
        var who = principal(List.of("/:none"), true);

        assertThat(who.may(Right.ADMINISTER, VirtualPath.parse("/x"))).isTrue();
        assertThat(who.may(Right.READ, VirtualPath.parse("/x"))).isFalse();
    }

    @Test
    void theRuleThatDecidedCanBeNamed() {
        var rights = new PathRights(PathRule.parseAll(RULES), false);

        assertThat(rights.deciding(VirtualPath.parse("/team/archive/private/x")).orElseThrow())
                .hasToString("/team/archive/private:none");
        assertThat(rights.deciding(VirtualPath.parse("/elsewhere")).orElseThrow())
                .hasToString("/:list,read");
    }

    private static Principal principal(List<String> rules, boolean administrator) {
        return Principal.of("ann", 7, false, new PathRights(PathRule.parseAll(rules), administrator));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/:list", "/a:b:list,read", "/x:none", "/é:list,read,write,delete,share,administer"})
    void aRuleReadsBackAsItWasWritten(String text) {
        assertThat(PathRule.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a:", "/a:read,", "/a:READ", "/a:read write", "/a:fly", "/a:none,read"})
    void aRuleThatCannotBeReadSaysWhatOneLooksLike(String text) {
        assertThatThrownBy(() -> PathRule.parse(text))
                .isInstanceOfSatisfying(
                        FaultException.class, fault -> assertThat(fault.fault()).isEqualTo(Fault.MALFORMED))
                .hasMessageContaining("/team:list,read");
    }

    @Test
    void withinALimitExactlyWhatBothGrantIsGranted() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var one = new PathRights(someRules(random), random.nextBoolean());
            var limit = someRules(random);
            var both = one.within(limit);
            for (int j = 0; j < 50; j++) {
                var asked = new PathRight(
                        Right.values()[random.nextInt(Right.values().length)],
                        somePath(random),
                        PathRight.Reach.ITSELF);
                assertThat(both.verify(asked))
                        .as("seed %d: %s of %s within %s", seed, asked, one, limit)
                        .isEqualTo(one.verify(asked) && new PathRights(limit, false).verify(asked));
            }
        }
    }

    private static List<PathRule> someRules(Random random) {
        var rules = new LinkedHashMap<VirtualPath, PathRule>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            var rights = EnumSet.noneOf(Right.class);
            Arrays.stream(Right.values()).filter(right -> random.nextBoolean()).forEach(rights::add);
            var path = somePath(random);
            rules.put(path, new PathRule(path, rights));
        }
        return List.copyOf(rules.values());
    }

    private static VirtualPath somePath(Random random) {
        var path = VirtualPath.ROOT;
        for (int i = random.nextInt(4); i > 0; i--) {
            path = path.child(random.nextBoolean() ? "a" : "b");
        }
        return path;
    }
}
