package dev.wherry.cli;

import dev.wherry.fault.FaultException;
import dev.wherry.protocol.Reply;
import dev.wherry.protocol.ReplyLine;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One JSON object a line, for programs: the same writer as the protocol's. Nothing in it is made visible or shortened.
 */
final class JsonLines {
    private static final String WORD = "EVENT ";

    private final Screen screen;

    JsonLines(Screen screen) {
        this.screen = screen;
    }

    /** @param facts after the event's name, in their order */
    void event(String name, Map<String, Object> facts) {
        var all = new LinkedHashMap<String, Object>();
        all.put("event", name);
        facts.forEach(all::putIfAbsent);
        object(all);
    }

    void object(Map<String, Object> facts) {
        screen.raw(text(facts));
    }

    /** What failed: its code as on the wire, the sentence, and the number with which a single one would end. */
    void failed(Throwable failure, String what, Map<String, Object> facts) {
        var all = new LinkedHashMap<String, Object>(facts);
        all.put("code", failure instanceof FaultException fault ? fault.fault().code() : "not-connected");
        all.put("message", Failures.sentence(failure, what));
        all.put("exit", ExitCode.of(failure).number());
        event("failed", all);
    }

    static String text(Map<String, Object> facts) {
        return ReplyLine.write(new Reply.Event(facts)).substring(WORD.length());
    }
}
