package dev.wherry.fault;

import java.util.Arrays;
import java.util.Optional;

/**
 * What can go wrong, declared once: the code that every door and client knows it by, and the status that HTTP gives it.
 * What it happened to, and what to do next, is said by the {@link FaultException} that carries it.
 */
public enum Fault {
    // What was asked cannot be understood.
    MALFORMED("malformed", 400),
    UNKNOWN_REQUEST("unknown-request", 400),
    UNKNOWN_OPTION("unknown-option", 400),
    BAD_NAME("bad-name", 400),
    LINE_TOO_LONG("line-too-long", 400),
    CHUNK_TOO_LONG("chunk-too-long", 400),
    UNKNOWN_METHOD("unknown-method", 405),
    UNKNOWN_TYPE("unknown-type", 415),
    UNKNOWN_VERSION("unknown-version", 412),
    FOREIGN_HOST("foreign-host", 421),

    // Who asks, and whether they may.
    LOGIN_REQUIRED("login-required", 401),
    WRONG_LOGIN("wrong-login", 401),
    SESSION_ENDED("session-ended", 401),
    LOGIN_TOO_FAST("login-too-fast", 429),
    PASSWORD_CHANGE_REQUIRED("password-change-required", 403),
    BAD_PASSWORD("bad-password", 400),
    DENIED("denied", 403),
    READ_ONLY("read-only", 403),
    FOREIGN_ORIGIN("foreign-origin", 403),

    // What is there, and what is not.
    NOT_FOUND("not-found", 404),
    NO_FOLDER("no-folder", 409),
    IS_FOLDER("is-folder", 409),
    NOT_FOLDER("not-folder", 409),
    NOT_EMPTY("not-empty", 409),
    REFUSED_ENTRY("refused-entry", 409),
    EXISTS("exists", 409),
    CHANGED("changed", 412),
    BUSY("busy", 423),

    // What came is not what was promised.
    WRONG_DIGEST("wrong-digest", 422),
    WRONG_SIZE("wrong-size", 422),
    WRONG_OFFSET("wrong-offset", 409),
    WRONG_CHECKSUM("wrong-checksum", 460),
    OUT_OF_RANGE("out-of-range", 416),
    STOPPED("stopped", 409),

    // What there is no more of.
    NO_SPACE("no-space", 507),
    OVER_QUOTA("over-quota", 507),
    TOO_LARGE("too-large", 413),
    TOO_MANY("too-many", 503),
    TOO_SLOW("too-slow", 408),

    // What failed on our side.
    DISK_FAILED("disk-failed", 500),
    UNAVAILABLE("unavailable", 503),
    INTERNAL("internal", 500);

    private final String code;
    private final int httpStatus;

    Fault(String code, int httpStatus) {
        this.code = code;
        this.httpStatus = httpStatus;
    }

    /** The name on the wire: lower case, words joined by hyphens. */
    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The fault with this code, if there is one: a newer server may know more than this client does. */
    public static Optional<Fault> ofCode(String code) {
        return Arrays.stream(values()).filter(fault -> fault.code.equals(code)).findFirst();
    }

    /** An exception that says what happened, to what, and what to do next, in one sentence. */
    public FaultException because(String message) {
        return new FaultException(this, message);
    }

    /** The same, from a cause that belongs in the log and not in an answer. */
    public FaultException because(String message, Throwable cause) {
        return new FaultException(this, message, cause);
    }
}
