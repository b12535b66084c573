package dev.wherry.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.storage.backend.DirectPieces;
import dev.wherry.transfer.Gathering.Batch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final int BLOCK = Gathering.BLOCK_BYTES;
    private static final long PLENTY = 1 << 20;

    private final Gathering gathering = new Gathering(new DirectPieces(BLOCK, 2));

    /** Whatever the sizes, however many blocks are lent, and in arrays where none is left. */
    @Test
    void allComesOutInOrder() {
        var random = new Random(5);
        var sent = new ByteArrayOutputStream();
        var written = new ByteArrayOutputStream();
        var lent = new ArrayList<Batch>();
        for (int i = 0; i < 3000; i++) {
            var piece = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 3 * BLOCK : 700)];
            random.nextBytes(piece);
            sent.writeBytes(piece);
            gathering.add(piece(piece, random.nextBoolean()), random.nextInt(8) == 0 ? BLOCK : PLENTY);
            if (random.nextInt(4) == 0) {
                lent.add(gathering.take());
            }
            if (lent.size() == 3) {
                write(lent.removeFirst(), written);
            }
        }
        lent.add(gathering.take());
        lent.forEach(batch -> write(batch, written));
        assertThat(written.toByteArray()).isEqualTo(sent.toByteArray());
    }

    private static ByteBuffer piece(byte[] bytes, boolean direct) {
        return direct ? ByteBuffer.allocateDirect(bytes.length).put(bytes).flip() : ByteBuffer.wrap(bytes);
    }

    private void write(Batch batch, ByteArrayOutputStream to) {
        var bytes = new byte[(int) batch.bytes()];
        var all = ByteBuffer.wrap(bytes);
        batch.blocks().forEach(all::put);
        to.writeBytes(bytes);
        gathering.giveBack(batch);
    }

    @Test
    void aSmallFileTakesAnArrayOfItsLength() {
        gathering.add(ByteBuffer.allocate(4096), PLENTY);
        assertThat(gathering.held()).isEqualTo(4096);
        assertThat(gathering.take().blocks())
                .singleElement()
                .satisfies(block -> assertThat(block.isDirect()).isFalse());
    }

    @Test
    void muchGoesIntoBlocksThatTheSystemWritesAsTheyAre() {
        gathering.add(ByteBuffer.allocate(2 * BLOCK), PLENTY);
        assertThat(gathering.take().blocks()).hasSize(2).allMatch(ByteBuffer::isDirect);
    }

    /** An upload that may hold little would hold its peer up with every block. */
    @Test
    void whoMayHoldLittleGetsArraysThatFit() {
        gathering.add(ByteBuffer.allocate(40_000), 3L * BLOCK);
        assertThat(gathering.held()).isEqualTo(40_000);
        gathering.add(ByteBuffer.allocate(40_000), 3L * BLOCK);
        assertThat(gathering.take().held()).isEqualTo(80_000);
    }

    @Test
    void whatIsTakenLeavesNothing() {
        gathering.add(ByteBuffer.allocate(10), PLENTY);
        assertThat(gathering.take().bytes()).isEqualTo(10);
        assertThat(gathering.isEmpty()).isTrue();
        assertThat(gathering.held()).isZero();
        assertThat(gathering.take().blocks()).isEmpty();
    }
}
