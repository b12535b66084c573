package dev.wherry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest {
    static List<Transcript> transcripts() {
        return Transcript.all();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDecoderHearsWhatTheTranscriptSays(Transcript transcript) {
        var heard = new Heard();
        new Decoder(heard).feed(ByteBuffer.wrap(transcript.sent()));
        assertThat(heard.elements()).isEqualTo(transcript.heard());
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void aCutAtAnyByteChangesNothing(Transcript transcript) {
        var sent = transcript.sent();
        for (int cut = 0; cut <= sent.length; cut++) {
            var heard = new Heard();
            var decoder = new Decoder(heard);
            decoder.feed(ByteBuffer.wrap(sent, 0, cut));
            decoder.feed(ByteBuffer.wrap(sent, cut, sent.length - cut));
            assertThat(heard.elements()).as("cut at byte %d", cut).isEqualTo(transcript.heard());
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void byteByByteAndPausedAtEveryElementChangesNothing(Transcript transcript) {
        var heard = new Heard();
        var decoder = new Decoder(heard);
        heard.pausing = decoder;
        for (var one : transcript.sent()) {
            var input = ByteBuffer.wrap(new byte[] {one});
            while (!decoder.feed(input)) {
                decoder.resume();
            }
            decoder.resume();
        }
        assertThat(heard.elements()).isEqualTo(transcript.heard());
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void everyReplyIsReadAndWrittenBackAsItStands(Transcript transcript) {
        for (var step : transcript.steps()) {
            if (step instanceof Transcript.Step.Answers(var line)) {
                var isHeader = line.isEmpty() || Character.isDigit(line.charAt(0)) || line.charAt(0) == '!';
                var again =
                        isHeader ? ChunkHeader.write(ChunkHeader.parse(line)) : ReplyLine.write(ReplyLine.parse(line));
                assertThat(again).isEqualTo(line);
            }
        }
    }

    @Test
    void everyVerbIsSpokenInSomeTranscript() {
        var spoken = EnumSet.noneOf(Verb.class);
        for (var transcript : transcripts()) {
            for (var element : transcript.heard()) {
                for (var verb : Verb.values()) {
                    if ((element + " ").startsWith("request " + verb.words() + " ")) {
                        spoken.add(verb);
                    }
                }
            }
        }
        assertThat(spoken).containsExactlyInAnyOrder(Verb.values());
    }
}
