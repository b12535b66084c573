package dev.wherry.cli;

/** The command line asks for something that makes no sense; the message says what would. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message, null, false, false);
    }
}
