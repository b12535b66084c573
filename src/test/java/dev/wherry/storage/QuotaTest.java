package dev.wherry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.path.VirtualPath;
import org.junit.jupiter.api.Test;

/** The arithmetic of one quota. */
final class QuotaTest {
    private final Quota quota = new Quota(VirtualPath.parse("/team"), 10, 4);

    @Test
    void theLastByteFitsAndOneMoreDoesNot() {
        assertThatCode(() -> quota.demandRoom(6, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> quota.demandRoom(7, 0)).hasMessageContaining("over quota");
        assertThatThrownBy(() -> quota.demandRoom(6, 1)).hasMessageContaining("over quota");
        assertThatThrownBy(() -> quota.demandRoom(Long.MAX_VALUE, 0)).hasMessageContaining("over quota");
        assertThatCode(() -> quota.demandRoom(-1, 100)).doesNotThrowAnyException();
    }

    @Test
    void whatIsOnItsWayIsHeld() {
        quota.hold(6);
        assertThatThrownBy(() -> quota.demandRoom(1, 0)).hasMessageContaining("over quota");
        quota.letGo(6);
        assertThatCode(() -> quota.demandRoom(6, 0)).doesNotThrowAnyException();
    }

    @Test
    void aCountIsBelievedWhereNothingElseExplainsIt() {
        quota.beginToCount();
        assertThat(quota.found(7)).isTrue();
        assertThat(quota.files()).isEqualTo(7);
    }

    @Test
    void aFirstCountIsTakenAsItIsAndDoubtedWhereSomethingCameMeanwhile() {
        assertThat(Quota.unlimited(VirtualPath.parse("/new")).foundFirst(7)).isFalse();
        quota.change(3);
        assertThat(quota.foundFirst(7)).isTrue();
        assertThat(quota.files()).isEqualTo(7);
    }

    @Test
    void aDifferenceThatCameMeanwhileIsNone() {
        quota.beginToCount();
        quota.change(3);
        assertThat(quota.found(4)).as("counted before it came").isFalse();
        assertThat(quota.files()).isEqualTo(7);
        quota.hold(-7);
        assertThat(quota.found(0)).as("counted before it was known to be gone").isFalse();
        assertThat(quota.found(18)).as("more than came or goes").isTrue();
    }
}
