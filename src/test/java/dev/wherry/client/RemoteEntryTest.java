package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RemoteEntryTest {
    /** The last name alone could be anywhere. */
    @Test
    void oneThatIsToldWithItsPathIsCalledByIt() {
        assertThat(RemoteEntry.of(Map.of("name", "grow", "path", "/a/b/grow", "size", 1L))
                        .name())
                .isEqualTo("/a/b/grow");
        assertThat(RemoteEntry.of(Map.of("name", "b/grow", "size", 1L)).name()).isEqualTo("b/grow");
    }
}
