package dev.wherry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A million cases, or a tenth of them unless {@code -Dwherry.long=true}: transcripts that were spoiled, requests that
 * are whole, lines that must be refused. {@code -Dwherry.seed=N} repeats a run.
 */
class CodecFuzzTest {
    private static final boolean LONG =
            !System.getProperty("wherry.long", "false").equals("false");
    private static final int CASES = LONG ? 1_000_000 : 100_000;
    private static final int LEAST_HITS = LONG ? 1_000 : 100;
    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final Pattern ELEMENT_WORD = Pattern.compile("[ ,]");

    private final long seed = Long.getLong("wherry.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final RandomRequests requests = new RandomRequests(random);
    private final Mutations mutations = new Mutations(random);
    private final List<String> replies = Transcript.all().stream()
            .flatMap(transcript -> transcript.steps().stream())
            .filter(Transcript.Step.Answers.class::isInstance)
            .map(step -> ((Transcript.Step.Answers) step).line())
            .toList();
    private final Map<String, Integer> cases = new TreeMap<>();
    private final Map<String, Integer> hits = new TreeMap<>();

    @Test
    void noBytesConfuseTheCodec() {
        System.out.println("codec fuzz: " + CASES + " cases, -Dwherry.seed=" + seed);
        for (int i = 0; i < CASES; i++) {
            int number = i;
            try {
                oneCase(random.nextInt(100));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("case " + number + " of -Dwherry.seed=" + seed, e);
            }
        }
        System.out.println("codec fuzz: " + cases);
        hits.forEach((what, count) -> System.out.printf("codec fuzz: %8d %s%n", count, what));
        assertThat(cases.get("spoiled transcripts")).isGreaterThanOrEqualTo(CASES * 4 / 10);
        assertThat(hits.keySet()).containsAll(expectedHits());
        assertThat(hits.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(LEAST_HITS));
    }

    /** The control: where a byte is lost on the way, the comparison that the cases rely on shows it. */
    @Test
    void aLostByteIsNoticed() {
        for (var transcript : Transcript.all()) {
            var sent = transcript.sent();
            int noticed = 0;
            for (int lost = 0; lost < Math.min(sent.length, 500); lost++) {
                var heard = new Heard();
                var decoder = new Decoder(heard);
                decoder.feed(ByteBuffer.wrap(sent, 0, lost));
                decoder.feed(ByteBuffer.wrap(sent, lost + 1, sent.length - lost - 1));
                noticed += heard.elements().equals(transcript.heard()) ? 0 : 1;
            }
            assertThat(noticed).as(transcript.name()).isPositive();
        }
    }

    private static List<String> expectedHits() {
        var expected = new ArrayList<String>();
        for (var kind : Request.class.getPermittedSubclasses()) {
            expected.add("request " + kind.getSimpleName());
        }
        Refusal.ALL.forEach(refusal -> expected.add("refused " + refusal));
        for (var word :
                List.of("request", "refused", "content", "keep-alive", "end", "bad-end", "gives-up", "broken")) {
            expected.add("heard " + word);
        }
        expected.addAll(List.of("reply read", "reply refused"));
        return expected;
    }

    private void oneCase(int kind) {
        if (kind < 45) {
            count(cases, "spoiled transcripts");
            spoiled(mutations.next());
        } else if (kind < 65) {
            count(cases, "whole requests");
            whole();
        } else if (kind < 90) {
            count(cases, "lines to refuse");
            refused(Refusal.ALL.get(random.nextInt(Refusal.ALL.size())));
        } else {
            count(cases, "replies");
            reply();
        }
    }

    /** However it is cut, the same is heard; and what is heard as a request can be said again. */
    private void spoiled(byte[] bytes) {
        var whole = new Heard();
        assertThat(new Decoder(whole).feed(ByteBuffer.wrap(bytes))).isTrue();
        var cut = new Heard();
        feedCut(cut, bytes);
        assertThat(cut.elements()).isEqualTo(whole.elements());
        assertThat(cut.content.toByteArray()).isEqualTo(whole.content.toByteArray());
        whole.requests.forEach(CodecFuzzTest::sayAgain);
        count(whole);
    }

    private static void sayAgain(Request request) {
        if (!(request instanceof Request.Malformed)) {
            assertThat(RequestLine.parse(RequestLine.write(request))).isEqualTo(request);
        }
    }

    private void whole() {
        var sent = new ByteArrayOutputStream();
        var content = new ByteArrayOutputStream();
        var expected = new ArrayList<Request>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            var request = requests.next();
            expected.add(request);
            sent.writeBytes(utf8(RequestLine.write(request) + (random.nextBoolean() ? "\n" : "\r\n")));
            if (request.hasDataPhase()) {
                dataPhase(sent, content);
            }
        }
        var heard = new Heard();
        feedCut(heard, sent.toByteArray());
        assertThat(heard.requests).isEqualTo(expected);
        assertThat(heard.content.toByteArray()).isEqualTo(content.toByteArray());
        assertThat(heard.refusals).isEmpty();
        count(heard);
    }

    private void dataPhase(ByteArrayOutputStream sent, ByteArrayOutputStream content) {
        for (int i = random.nextInt(4); i > 0; i--) {
            var chunk = new byte[1 + random.nextInt(40)];
            random.nextBytes(chunk);
            sent.writeBytes(utf8(ChunkHeader.write(new ChunkHeader.Bytes(chunk.length)) + "\n"));
            sent.writeBytes(chunk);
            content.writeBytes(chunk);
            sent.writeBytes(utf8(random.nextInt(4) == 0 ? "\n" : ""));
        }
        sent.writeBytes(utf8(random.nextBoolean() ? "0 " + new Sha256(HEX) + "\n" : "! \"no more\"\n"));
    }

    /** The line is refused for its reason; then the two sides are in step, or the connection is over. */
    private void refused(Refusal refusal) {
        var line = new StringBuilder(refusal.line());
        for (int i = line.indexOf("#"); i >= 0; i = line.indexOf("#", i)) {
            line.setCharAt(i, (char) ('g' + random.nextInt(20)));
        }
        var bytes = utf8(line + "\n");
        for (int i = 0; i < bytes.length; i++) {
            // No text stands for a byte that is never part of UTF-8, so the table writes 01 for FF.
            bytes[i] = bytes[i] == 1 ? (byte) 0xFF : bytes[i];
        }
        var heard = new Heard();
        var decoder = feedCut(heard, bytes);
        assertThat(heard.refusals).hasSize(1);
        assertThat(Refusal.of(heard.refusals.getFirst())).isEqualTo(refusal);
        boolean isOver = heard.elements().getLast().startsWith("broken");
        boolean inDataPhase = decoder.isInDataPhase();
        decoder.feed(ByteBuffer.wrap(utf8((inDataPhase ? "5\nQUIT\n!\n" : "") + "PING\n")));
        assertThat(heard.elements().getLast().equals("request PING")).isEqualTo(!isOver);
        assertThat(heard.requests).noneMatch(Request.Quit.class::isInstance);
        count(heard);
    }

    private void reply() {
        var line = new StringBuilder(replies.get(random.nextInt(replies.size())));
        for (int changes = random.nextInt(3); changes > 0 && !line.isEmpty(); changes--) {
            int at = random.nextInt(line.length());
            switch (random.nextInt(3)) {
                case 0 -> line.deleteCharAt(at);
                case 1 -> line.insert(at, requests.text());
                default -> line.setCharAt(at, (char) random.nextInt(0xD800));
            }
        }
        try {
            var written = ReplyLine.write(ReplyLine.parse(line.toString()));
            assertThat(ReplyLine.write(ReplyLine.parse(written))).isEqualTo(written);
            count(hits, "reply read");
        } catch (FaultException fault) {
            assertThat(fault.fault()).isEqualTo(Fault.MALFORMED);
            count(hits, "reply refused");
        }
    }

    /** Feeds pieces of random lengths, pausing or not, and watches what the decoder keeps. */
    private Decoder feedCut(Heard heard, byte[] bytes) {
        var decoder = new Decoder(heard);
        heard.pausing = random.nextBoolean() ? decoder : null;
        int longest = 1 + random.nextInt(bytes.length + 1);
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, 1 + random.nextInt(longest));
            var input = ByteBuffer.wrap(bytes, from, count);
            while (!decoder.feed(input)) {
                decoder.resume();
            }
            decoder.resume();
            // Not by the library of assertions: a step of one byte must stay cheap.
            if (decoder.retainedBytes() > RequestLine.MAX_BYTES) {
                throw new AssertionError("the decoder keeps " + decoder.retainedBytes() + " bytes");
            }
            from += count;
        }
        heard.pausing = null;
        return decoder;
    }

    private void count(Heard heard) {
        for (var request : heard.requests) {
            count(hits, "request " + request.getClass().getSimpleName());
        }
        for (var refusal : heard.refusals) {
            count(hits, "refused " + Refusal.of(refusal));
        }
        for (var element : heard.elements()) {
            count(hits, "heard " + ELEMENT_WORD.split(element, 2)[0]);
        }
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
