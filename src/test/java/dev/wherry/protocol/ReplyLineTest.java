package dev.wherry.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyLineTest {
    private static final String HEX = "ab".repeat(32);

    @Test
    void everyKindOfReplyIsWrittenAndReadBack() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("text", "é \" \\ \n");
        facts.put("whole", 7L);
        facts.put("seconds", 0.25);
        facts.put("flag", true);
        facts.put("list", List.of("a", 1L));
        facts.put("inner", Map.of("x", 2L));
        var data = new Reply.Data(
                5, 0, Instant.parse("2026-01-31T12:00:00Z"), new Etag("v1"), Optional.of(new Sha256(HEX)));
        for (var reply : List.of(
                new Reply.Greeting(1, facts),
                new Reply.Ok(facts),
                new Reply.Send("u1", 3),
                data,
                new Reply.Ack(5, 4),
                new Reply.Item(facts),
                new Reply.Event(Map.of()))) {
            assertThat(ReplyLine.parse(ReplyLine.write(reply))).isEqualTo(reply);
        }
        assertThat(ReplyLine.write(new Reply.Send("u1", 3))).isEqualTo("SEND {\"upload\":\"u1\",\"offset\":3}");
    }

    @Test
    void aFaultKeepsItsCodeMessageAndFacts() {
        var fault = Fault.EXISTS.because("there is a file").with("etag", "v1").with("size", 12L);
        var line = ReplyLine.write(new Reply.Err(fault));
        assertThat(line)
                .isEqualTo("ERR {\"code\":\"exists\",\"message\":\"there is a file\",\"etag\":\"v1\",\"size\":12}");
        var read = err(line);
        assertThat(read.fault()).isEqualTo(Fault.EXISTS);
        assertThat(read.getMessage()).isEqualTo("there is a file");
        assertThat(read.facts()).containsExactly(Map.entry("etag", "v1"), Map.entry("size", 12L));
    }

    @Test
    void aCodeOfANewerServerIsKeptAsAFact() {
        var line = "ERR {\"code\":\"eclipse\",\"message\":\"too dark\",\"moon\":1}";
        assertThat(err(line).fault()).isEqualTo(Fault.INTERNAL);
        assertThat(err(line).facts()).containsEntry("code", "eclipse").containsEntry("moon", 1L);
        assertThat(ReplyLine.write(new Reply.Err(err(line)))).isEqualTo(line);
    }

    @Test
    void whatJsonCannotHoldIsLeftOutOfFacts() {
        assertThat(ReplyLine.write(new Reply.Ok(Map.of("bytesPerSecond", Double.NaN))))
                .isEqualTo("OK {}");
        assertThat(ReplyLine.parse("OK {\"a\":null,\"big\":10000000000000000000}"))
                .isEqualTo(new Reply.Ok(Map.of("big", 1e19)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "OK ",
                "OK []",
                "OK {} {}",
                "OK {} x",
                "OK {",
                "OK {\"a\":1e999}",
                "OK {\"a\":NaN}",
                "NO {}",
                "SEND {}",
                "SEND {\"upload\":1,\"offset\":0}",
                "ACK {\"received\":\"1\",\"durable\":0}",
                "WHERRY/ {}",
                "WHERRY/x {}",
                "WHERRY/99999999999 {}",
                "ERR {}",
                "ERR {\"code\":\"busy\"}",
                "HTTP/1.1 400 Bad Request",
                "DATA {\"size\":1,\"offset\":0,\"modified\":\"x\",\"etag\":\"v\"}",
                "DATA {\"size\":1,\"offset\":0,\"modified\":\"2026-01-31T12:00:00Z\",\"etag\":\"a b\"}"
            })
    void whatIsNoReplyIsMalformed(String line) {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> ReplyLine.parse(line))
                .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.MALFORMED));
    }

    @Test
    void aDeepObjectIsMalformed() {
        var deep = "OK {\"a\":" + "[".repeat(100_000);
        assertThatExceptionOfType(FaultException.class).isThrownBy(() -> ReplyLine.parse(deep));
    }

    @Test
    void factsAreReadByType() {
        var facts = new Facts(
                Map.of("text", "a", "n", 1L, "d", 0.5, "flag", true, "list", List.of("a"), "inner", Map.of("x", 2L)));
        assertThat(facts.text("text")).isEqualTo("a");
        assertThat(facts.number("n")).isEqualTo(1);
        assertThat(facts.decimal("n")).isEqualTo(1.0);
        assertThat(facts.decimal("d")).isEqualTo(0.5);
        assertThat(facts.flag("flag")).isTrue();
        assertThat(facts.texts("list")).containsExactly("a");
        assertThat(facts.inner("inner").number("x")).isEqualTo(2);
        assertThat(facts.optionalText("none")).isEmpty();
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> facts.text("none"))
                .withMessageContaining("\"none\"");
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> facts.number("text"))
                .withMessageContaining("\"text\"");
    }

    private static FaultException err(String line) {
        return ((Reply.Err) ReplyLine.parse(line)).fault();
    }
}
