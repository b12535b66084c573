package dev.wherry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecoderTest {
    private final Heard heard = new Heard();
    private final Decoder decoder = new Decoder(heard, 64, 16);

    @Test
    void aPauseLeavesTheRestOfTheInputUntaken() {
        heard.pausing = decoder;
        var input = utf8("PING\nPING\n");
        assertThat(decoder.feed(input)).isFalse();
        assertThat(input.remaining()).isEqualTo(5);
        assertThat(decoder.feed(input)).as("still paused").isFalse();
        assertThat(heard.elements()).containsExactly("request PING");
        decoder.resume();
        assertThat(decoder.feed(input)).isTrue();
        assertThat(heard.elements()).containsExactly("request PING", "request PING");
    }

    @Test
    void contentIsAViewOfTheInputAndNotACopy() {
        var input = utf8("UPLOAD /a size=5\n5\nhello0 -\n");
        var decoder = new Decoder(new Viewing(input));
        assertThat(decoder.feed(input)).isTrue();
        assertThat(input.get(19)).isEqualTo((byte) 'H');
    }

    @Test
    void aDirectBufferWithAnOffsetIsRead() {
        var input = ByteBuffer.allocateDirect(64)
                .put(utf8("xxUPLOAD /a size=2\n2\nhi!\n"))
                .flip();
        input.position(2);
        assertThat(decoder.feed(input)).isTrue();
        assertThat(heard.elements()).containsExactly("request UPLOAD /a size=2", "content 2", "gives-up");
    }

    @Test
    void theLongestLineIsReadAndOneByteMoreIsNot() {
        decoder.feed(utf8("STAT /" + "a".repeat(57) + "\n"));
        decoder.feed(utf8("STAT /" + "a".repeat(56) + "\r\n"));
        assertThat(heard.elements()).hasSize(2).allMatch(element -> element.startsWith("request STAT"));
        decoder.feed(utf8("STAT /" + "a".repeat(58)));
        assertThat(heard.elements()).hasSize(3).last().isEqualTo("broken line-too-long");
        assertThat(heard.refusals.getLast().facts()).containsEntry("limit", 64L);
    }

    @Test
    void theLongestChunkIsReadAndOneByteMoreIsNot() {
        decoder.feed(utf8("UPLOAD /a size=16\n16\n0123456789abcdef17\n"));
        assertThat(heard.elements())
                .containsExactly("request UPLOAD /a size=16", "content 16", "broken chunk-too-long");
    }

    @Test
    void nothingIsHeardAfterTheStepIsLost() {
        decoder.feed(utf8("UPLOAD /a size=16\nx\nPING\n"));
        assertThat(decoder.feed(utf8("PING\n0 -\n!\n"))).isTrue();
        assertThat(heard.elements()).containsExactly("request UPLOAD /a size=16", "broken malformed");
        assertThat(decoder.isInDataPhase()).isFalse();
    }

    @Test
    void lengthsAreDecimalDigitsAndNothingElse() {
        for (var length :
                new String[] {"-1", "+1", " 1", "1 ", "01", "00", "0x1", "1\u00a0", "१", "1e1", "1.0", "99x"}) {
            var heard = new Heard();
            new Decoder(heard).feed(utf8("UPLOAD /a size=1\n" + length + "\n"));
            assertThat(heard.elements()).as(length).last().isEqualTo("broken malformed");
        }
        new Decoder(heard).feed(utf8("UPLOAD /a size=1\n99999999999999999999999\n"));
        assertThat(heard.elements()).last().isEqualTo("broken chunk-too-long");
    }

    @Test
    void onlyOneLineIsKeptAndNothingBetweenLines() {
        decoder.feed(utf8("STAT /aaaaaaaaaaaaaaaaaaaaaa"));
        assertThat(decoder.retainedBytes()).isBetween(20, 64);
        decoder.feed(utf8("\nUPLOAD /a size=9\n16\n012345"));
        assertThat(decoder.retainedBytes()).isZero();
        assertThat(decoder.isInDataPhase()).isTrue();
    }

    @Test
    void aListenerThatFeedsItsOwnDecoderIsTold() {
        var self = new Feeding();
        self.decoder = Optional.of(new Decoder(self));
        assertThatThrownBy(() -> self.decoder.get().feed(utf8("PING\n"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void chunkHeadersAreWrittenAsTheyAreRead() {
        var hex = "0a".repeat(32);
        for (var line : new String[] {"1", "1048576", "", "0 -", "0 " + hex, "!", "! \"a \\\" b\""}) {
            assertThat(ChunkHeader.write(ChunkHeader.parse(line))).isEqualTo(line);
        }
        assertThat(ChunkHeader.parse("0")).isInstanceOf(ChunkHeader.BadEnd.class);
        assertThatThrownBy(() -> ChunkHeader.parse("1048577"))
                .isInstanceOfSatisfying(
                        FaultException.class, fault -> assertThat(fault.fault()).isEqualTo(Fault.CHUNK_TOO_LONG));
        assertThatThrownBy(() -> ChunkHeader.write(new ChunkHeader.Bytes(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Changes the input once content is there, to see whether the view shows it. */
    private static final class Viewing extends Deaf {
        private final ByteBuffer input;

        private Viewing(ByteBuffer input) {
            this.input = input;
        }

        @Override
        public void chunk(ByteBuffer content) {
            input.put(19, (byte) 'H');
            assertThat(content.get(0)).isEqualTo((byte) 'H');
            assertThat(content.remaining()).isEqualTo(5);
        }
    }

    private static final class Feeding extends Deaf {
        private Optional<Decoder> decoder = Optional.empty();

        @Override
        public void request(Request request) {
            decoder.orElseThrow().feed(utf8("PING\n"));
        }
    }

    private static class Deaf implements Decoder.Listener {
        @Override
        public void request(Request request) {}

        @Override
        public void chunk(ByteBuffer content) {}

        @Override
        public void keepAlive() {}

        @Override
        public void end(Sha256 digest) {}

        @Override
        public void badEnd(FaultException fault) {}

        @Override
        public void giveUp(Optional<String> reason) {}

        @Override
        public void broken(FaultException fault) {}
    }
}
