package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TailFilterTest {
    private static Map<String, Object> event(String name, String... facts) {
        var event = new LinkedHashMap<String, Object>();
        event.put("event", name);
        for (int i = 0; i < facts.length; i += 2) {
            event.put(facts[i], facts[i + 1]);
        }
        return event;
    }

    private static TailFilter of(String user, String path, String... names) {
        return new TailFilter(
                Optional.of(user).filter(text -> !text.isEmpty()),
                Optional.of(path).filter(text -> !text.isEmpty()).map(VirtualPath::parse),
                Set.of(names));
    }

    @Test
    void withoutAnyAllIsWanted() {
        assertThat(of("", "").wants(event("server-stopped"))).isTrue();
    }

    @Test
    void anAccountIsWantedWhetherItDidItOrItWasDoneToIt() {
        assertThat(of("anna", "").wants(event("file-deleted", "account", "anna")))
                .isTrue();
        assertThat(of("anna", "").wants(event("account-added", "account", "bob", "by", "anna")))
                .isTrue();
        assertThat(of("anna", "").wants(event("file-deleted", "account", "bob")))
                .isFalse();
        assertThat(of("anna", "").wants(event("server-stopped"))).isFalse();
    }

    @Test
    void aFolderStandsForAllBelowIt() {
        assertThat(of("", "/a").wants(event("file-deleted", "path", "/a"))).isTrue();
        assertThat(of("", "/a").wants(event("file-deleted", "path", "/a/b/c"))).isTrue();
        assertThat(of("", "/a").wants(event("file-deleted", "path", "/ab"))).isFalse();
        assertThat(of("", "/a").wants(event("entry-moved", "path", "/x", "to", "/a/x")))
                .isTrue();
        assertThat(of("", "/").wants(event("file-deleted", "path", "/ab"))).isTrue();
        assertThat(of("", "/").wants(event("server-stopped"))).isFalse();
        assertThat(of("", "/a").wants(event("file-deleted", "path", "/a/../b"))).isFalse();
    }

    @Test
    void allThatIsSaidHasToFit() {
        var filter = of("anna", "/a", "file-deleted", "folder-made");
        assertThat(filter.wants(event("file-deleted", "account", "anna", "path", "/a/b")))
                .isTrue();
        assertThat(filter.wants(event("entry-moved", "account", "anna", "path", "/a/b")))
                .isFalse();
        assertThat(filter.wants(event("file-deleted", "account", "bob", "path", "/a/b")))
                .isFalse();
        assertThat(filter.wants(event("folder-made", "account", "anna", "path", "/b")))
                .isFalse();
    }

    @Test
    void aSnapshotIsNoEvent() {
        assertThat(of("anna", "/a", "file-deleted").wants(Map.of("running", 3))).isTrue();
    }
}
