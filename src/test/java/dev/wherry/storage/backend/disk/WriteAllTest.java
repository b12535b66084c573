package dev.wherry.storage.backend.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import org.junit.jupiter.api.Test;

/** A peer that sends its bytes one by one costs no more looks than there are bytes, and a few. */
final class WriteAllTest {
    private static final int MANY = 50_000;

    private final CountingChannel channel = new CountingChannel();

    @Test
    void manySmallPiecesAreEachLookedAtAFewTimes() throws IOException {
        var pieces = new ByteBuffer[MANY];
        for (int i = 0; i < MANY; i++) {
            pieces[i] = ByteBuffer.wrap(new byte[] {(byte) i});
        }
        DiskSink.writeAll(channel, pieces);
        assertThat(channel.looked).isLessThan(4L * MANY);
        var written = channel.written.toByteArray();
        assertThat(written).hasSize(MANY);
        for (int i = 0; i < MANY; i++) {
            assertThat(written[i]).isEqualTo((byte) i);
        }
    }

    @Test
    void emptyPiecesAndNoneAreWrittenToo() throws IOException {
        DiskSink.writeAll(channel, new ByteBuffer[0]);
        DiskSink.writeAll(
                channel,
                new ByteBuffer[] {ByteBuffer.allocate(0), ByteBuffer.wrap(new byte[3000]), ByteBuffer.allocate(0)});
        assertThat(channel.written.size()).isEqualTo(3000);
    }

    /** Takes what Linux takes at once of pieces, and of those a part. */
    private static final class CountingChannel implements GatheringByteChannel {
        private static final int ROOM = 700;

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private long looked;

        @Override
        public long write(ByteBuffer[] pieces, int offset, int length) {
            looked += length;
            long before = written.size();
            for (int i = offset; i < offset + length && written.size() - before < ROOM; i++) {
                while (pieces[i].hasRemaining() && written.size() - before < ROOM) {
                    written.write(pieces[i].get());
                }
            }
            return written.size() - before;
        }

        @Override
        public long write(ByteBuffer[] pieces) {
            return write(pieces, 0, pieces.length);
        }

        @Override
        public int write(ByteBuffer piece) {
            return (int) write(new ByteBuffer[] {piece});
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
