package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RoomTest {
    private static final long MIB = 1 << 20;

    private final Room room = new Room(50 * MIB);

    private void enter(int count) {
        for (int i = 0; i < count; i++) {
            room.enter();
        }
    }

    @Test
    void aFewHaveAsMuchAsTheyLike() {
        enter(25);
        assertThat(room.share(2 * MIB)).isEqualTo(2 * MIB);
    }

    @Test
    void ofManyEachHasItsShare() {
        enter(200);
        assertThat(room.share(2 * MIB)).isEqualTo(MIB / 4);
        for (int i = 0; i < 175; i++) {
            room.leave();
        }
        assertThat(room.share(2 * MIB)).isEqualTo(2 * MIB);
    }

    @Test
    void nobodyHasTooLittleToGetOnNorMoreThanIsWanted() {
        enter(100_000);
        assertThat(room.share(2 * MIB)).isEqualTo(Room.LEAST);
        assertThat(room.share(1_000)).isEqualTo(1_000);
    }
}
