package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

    @Test
    void everyEventIsKnownByName() throws IOException {
        var told = Pattern.compile("(?m)^\\| `([a-z]+-[a-z]+)` \\|")
                .matcher(Files.readString(Path.of("src/docs/events.md")))
                .results()
                .map(event -> event.group(1))
                .toList();
        assertThat(told).contains("transfer-finished", "folder-made").containsExactlyElementsOf(TailFilter.KNOWN);
    }

    @Test
    void aNameThatNoEventHasIsDoubted() {
        assertThat(of("anna", "/a", "file-deleted").doubt()).isEmpty();
        assertThat(of("anna", "/a", "file-deleted", "folder-created").doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt)
                        .startsWith("unknown here, and waited for all the same: folder-created;")
                        .contains("folder-made"));
    }
}
