package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class RoomTest {
    private static final long MIB = 1 << 20;
    private static final long ALL = 64 * MIB;

    private final Room room = new Room(ALL);

    private Room.Share[] shares(int count) {
        return Stream.generate(room::share).limit(count).toArray(Room.Share[]::new);
    }

    @Test
    void aFewHaveAsMuchAsTheyLike() {
        for (var share : shares(16)) {
            assertThat(share.of(2 * MIB)).isEqualTo(2 * MIB);
        }
        assertThat(room.free()).isEqualTo(32 * MIB);
    }

    @Test
    void manyWhoKeepAskingGetTheSameAndNoMoreThanThereIs() {
        var shares = shares(200);
        for (int round = 0; round < 50; round++) {
            for (var share : shares) {
                share.of(2 * MIB);
            }
        }
        for (var share : shares) {
            assertThat(share.of(2 * MIB)).isCloseTo(ALL / 215, Percentage.withPercentage(10));
        }
        assertThat(room.free()).isPositive();
    }

    /** They come one after the other, ask once, and let nothing go. */
    @Test
    void thoseWhoLetNothingGoDoNotUseItUp() {
        long held = 0;
        for (var share : shares(500)) {
            held += share.of(2 * MIB);
        }
        assertThat(held).isLessThanOrEqualTo(ALL + 500 * Room.LEAST).isEqualTo(ALL - room.free());
    }

    @Test
    void nobodyHasTooLittleToGetOnNorMoreThanIsWanted() {
        for (var share : shares(100_000)) {
            assertThat(share.of(2 * MIB)).isGreaterThanOrEqualTo(Room.LEAST);
        }
        assertThat(room.share().of(1_000)).isEqualTo(1_000);
    }

    @Test
    void whatEndsLeavesItAllToTheOthers() {
        var share = room.share();
        share.of(2 * MIB);
        share.end();
        share.end();
        assertThat(room.free()).isEqualTo(ALL);
        assertThat(share.of(2 * MIB)).isEqualTo(Room.LEAST);
        assertThat(room.free()).isEqualTo(ALL);
    }

    @Test
    void whatDoesNotFitLeavesWhatIsHeldAsItIs() {
        var share = room.share();
        assertThat(share.fits(2 * MIB)).isTrue();
        assertThat(share.fits(ALL / 16 + 1)).isFalse();
        assertThat(room.free()).isEqualTo(ALL - 2 * MIB);
        for (var other : shares(500)) {
            other.of(2 * MIB);
        }
        assertThat(share.fits(2 * MIB + 1)).as("others have what is left").isFalse();
        long before = room.free();
        assertThat(share.fits(MIB)).as("less fits always").isTrue();
        assertThat(room.free()).isEqualTo(before + MIB);
        share.end();
        assertThat(room.free()).isEqualTo(before + 2 * MIB);
        assertThat(share.fits(1)).isFalse();
    }
}
