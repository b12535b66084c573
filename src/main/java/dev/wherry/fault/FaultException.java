package dev.wherry.fault;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link Fault} with what it happened to. The message is one sentence for a person; the facts are for programs, and
 * hold only what a JSON object can: text, numbers, truth values.
 *
 * <p>It has a stack trace only when it has a cause: a refusal is an answer, not an accident, and must be cheap.
 */
public final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Fault fault;
    private final transient Map<String, Object> facts;

    FaultException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
        this.facts = Map.of();
    }

    FaultException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.facts = Map.of();
    }

    private FaultException(FaultException original, Map<String, Object> facts) {
        super(original.getMessage(), original.getCause(), false, original.getCause() != null);
        this.fault = original.fault;
        this.facts = facts;
    }

    public Fault fault() {
        return fault;
    }

    /** What a program may want to know beside the code, in the order it was said. */
    public Map<String, Object> facts() {
        return facts;
    }

    /** The same fault, with one more fact. */
    public FaultException with(String name, Object value) {
        var more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new FaultException(this, Collections.unmodifiableMap(more));
    }

    /** Any failure as a fault: itself when it is one, else {@link Fault#INTERNAL}, whose cause is for the log. */
    public static FaultException of(Throwable failure) {
        return failure instanceof FaultException fault
                ? fault
                : Fault.INTERNAL.because("the server failed; its log says why", failure);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
