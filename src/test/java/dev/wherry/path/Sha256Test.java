package dev.wherry.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Sha256Test {
    private static final int OFFSET = 37;

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static Sha256 plainly(byte[] bytes, int from, int to) {
        var digest = Sha256.digest();
        digest.update(Arrays.copyOfRange(bytes, from, to));
        return Sha256.of(digest);
    }

    /** Around the lines and the pieces that are fetched beforehand. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 16_383, 16_384, 16_385, 100_000})
    void whatIsFetchedBeforehandCountsOnce(int length) {
        var bytes = bytes(length + 2 * OFFSET);
        var digest = Sha256.digest();
        Sha256.feed(digest, bytes, OFFSET, length);
        assertThat(Sha256.of(digest)).isEqualTo(plainly(bytes, OFFSET, OFFSET + length));
    }

    @Test
    void buffersOfEachKindAreLookedAtAndNotConsumed() {
        var bytes = bytes(50_000);
        var expected = plainly(bytes, OFFSET, bytes.length - OFFSET);
        var direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        for (var whole : new ByteBuffer[] {
            ByteBuffer.wrap(bytes), direct, ByteBuffer.wrap(bytes).asReadOnlyBuffer()
        }) {
            var buffer = whole.position(OFFSET).slice(OFFSET, bytes.length - 2 * OFFSET);
            MessageDigest digest = Sha256.digest();
            Sha256.feed(digest, buffer);
            assertThat(Sha256.of(digest)).as("%s", whole).isEqualTo(expected);
            assertThat(buffer.remaining()).isEqualTo(bytes.length - 2 * OFFSET);
        }
    }
}
