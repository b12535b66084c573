package dev.wherry.cli;

import dev.wherry.client.CannotConnectException;
import dev.wherry.client.IdentityException;
import dev.wherry.client.UploadCutException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;

/** What a script is told by the number with which a command ends. The numbers are fixed. */
public enum ExitCode {
    DONE(0),
    SOME_FAILED(1),
    USAGE(2),
    CANNOT_CONNECT(3),
    NOT_ALLOWED(4),
    NOT_FOUND(5),
    EXISTS(6),
    BUSY(7),
    VERIFICATION_FAILED(8),
    UNKNOWN_IDENTITY(9),
    NO_SPACE(10),
    RESUMABLE(11),
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    static ExitCode of(Throwable failure) {
        return switch (failure) {
            case FaultException stopped when HandOver.isCancelled(stopped) -> SOME_FAILED;
            case FaultException stopped when HandOver.isElsewhere(stopped) -> BUSY;
            case FaultException fault -> of(fault.fault());
            case IdentityException _ -> UNKNOWN_IDENTITY;
            case CannotConnectException _ -> CANNOT_CONNECT;
            case UploadCutException _ -> RESUMABLE;
            case UsageException _ -> USAGE;
            default -> SOME_FAILED;
        };
    }

    static ExitCode of(Fault fault) {
        return switch (fault) {
            case MALFORMED,
                    UNKNOWN_REQUEST,
                    UNKNOWN_OPTION,
                    BAD_NAME,
                    LINE_TOO_LONG,
                    CHUNK_TOO_LONG,
                    UNKNOWN_METHOD,
                    UNKNOWN_TYPE,
                    UNKNOWN_VERSION,
                    FOREIGN_HOST,
                    IS_FOLDER,
                    OUT_OF_RANGE -> USAGE;
            case LOGIN_REQUIRED,
                    WRONG_LOGIN,
                    SESSION_ENDED,
                    LOGIN_TOO_FAST,
                    PASSWORD_CHANGE_REQUIRED,
                    BAD_PASSWORD,
                    DENIED,
                    READ_ONLY,
                    FOREIGN_ORIGIN,
                    REFUSED_ENTRY -> NOT_ALLOWED;
            case NOT_FOUND, NO_FOLDER, NOT_FOLDER -> NOT_FOUND;
            case EXISTS, NOT_EMPTY -> EXISTS;
            case BUSY, TOO_MANY -> BUSY;
            case CHANGED, WRONG_DIGEST, WRONG_SIZE, WRONG_OFFSET, WRONG_CHECKSUM -> VERIFICATION_FAILED;
            case NO_SPACE, OVER_QUOTA, TOO_LARGE -> NO_SPACE;
            case STOPPED -> RESUMABLE;
            case TOO_SLOW, UNAVAILABLE -> CANNOT_CONNECT;
            case DISK_FAILED, INTERNAL -> SOME_FAILED;
        };
    }
}
