package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and writes reply lines, without their LF: a word, a space, one JSON object. */
public final class ReplyLine {
    /** The longest line that a client should be ready for, in bytes, its LF included. */
    public static final int MAX_BYTES = 65_536;

    private static final String GREETING = "WHERRY/";
    private static final String CODE = "code";
    private static final String MESSAGE = "message";

    private ReplyLine() {}

    /**
     * The reply.
     *
     * @throws FaultException {@link Fault#MALFORMED} when it is none of this protocol
     */
    public static Reply parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw unreadable(line);
        }
        var word = line.substring(0, space);
        var json = Json.read(line.substring(space + 1));
        var facts = new Facts(json);
        return switch (word) {
            case "OK" -> new Reply.Ok(json);
            case "ERR" -> new Reply.Err(fault(facts));
            case "SEND" -> new Reply.Send(facts.text("upload"), count(facts, "offset"));
            case "DATA" -> data(facts);
            case "ACK" -> new Reply.Ack(count(facts, "received"), count(facts, "durable"));
            case "ITEM" -> new Reply.Item(json);
            case "EVENT" -> new Reply.Event(json);
            default -> greeting(word, line, json);
        };
    }

    /**
     * The line that {@link #parse} reads as this reply. A number that JSON does not have (not a number, infinity) is
     * left out.
     *
     * @throws IllegalArgumentException when a fact is of a type that JSON does not have
     */
    public static String write(Reply reply) {
        return switch (reply) {
            case Reply.Greeting(var version, var facts) -> GREETING + version + " " + Json.write(facts);
            case Reply.Ok(var facts) -> "OK " + Json.write(facts);
            case Reply.Err(var fault) -> "ERR " + Json.write(facts(fault));
            case Reply.Send(var upload, var offset) -> {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("upload", upload);
                facts.put("offset", offset);
                yield "SEND " + Json.write(facts);
            }
            case Reply.Data data -> "DATA " + Json.write(facts(data));
            case Reply.Ack(var received, var durable) -> {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("received", received);
                facts.put("durable", durable);
                yield "ACK " + Json.write(facts);
            }
            case Reply.Item(var facts) -> "ITEM " + Json.write(facts);
            case Reply.Event(var facts) -> "EVENT " + Json.write(facts);
        };
    }

    private static FaultException unreadable(String line) {
        return Fault.MALFORMED.because("the other side does not speak Wherry's protocol: it said " + Words.shown(line));
    }

    private static Reply greeting(String word, String line, Map<String, Object> facts) {
        if (!word.startsWith(GREETING)) {
            throw unreadable(line);
        }
        var version = Decimal.parse(word.substring(GREETING.length()));
        if (version.isEmpty() || version.getAsLong() > Integer.MAX_VALUE) {
            throw unreadable(line);
        }
        return new Reply.Greeting((int) version.getAsLong(), facts);
    }

    /** A code that this side does not know is kept as a fact, so that it can be shown, and passed on. */
    private static FaultException fault(Facts facts) {
        var code = facts.text(CODE);
        var message = facts.text(MESSAGE);
        var known = Fault.ofCode(code);
        var fault = known.isPresent()
                ? known.get().because(message)
                : Fault.INTERNAL.because(message).with(CODE, code);
        for (var fact : facts.all().entrySet()) {
            if (!fact.getKey().equals(CODE) && !fact.getKey().equals(MESSAGE)) {
                fault = fault.with(fact.getKey(), fact.getValue());
            }
        }
        return fault;
    }

    private static Map<String, Object> facts(FaultException fault) {
        var facts = new LinkedHashMap<String, Object>();
        var unknown = fault.fault() == Fault.INTERNAL ? fault.facts().get(CODE) : null;
        facts.put(CODE, unknown == null ? fault.fault().code() : unknown);
        facts.put(MESSAGE, fault.getMessage());
        fault.facts().forEach(facts::putIfAbsent);
        return facts;
    }

    private static Reply data(Facts facts) {
        try {
            return new Reply.Data(
                    count(facts, "size"),
                    count(facts, "offset"),
                    Instant.parse(facts.text("modified")),
                    new Etag(facts.text("etag")),
                    facts.optionalText("sha256").map(Sha256::new));
        } catch (DateTimeException notATime) {
            throw Fault.MALFORMED.because("the fact \"modified\" of a DATA reply is no time", notATime);
        }
    }

    private static long count(Facts facts, String name) {
        long bytes = facts.number(name);
        if (bytes < 0) {
            throw Fault.MALFORMED.because("the fact \"" + name + "\" of a reply is less than nothing");
        }
        return bytes;
    }

    private static Map<String, Object> facts(Reply.Data data) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("size", data.size());
        facts.put("offset", data.offset());
        facts.put("modified", data.modified().toString());
        facts.put("etag", data.etag().value());
        data.sha256().ifPresent(sha256 -> facts.put("sha256", sha256.hex()));
        return facts;
    }
}
