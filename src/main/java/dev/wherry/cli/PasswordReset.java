package dev.wherry.cli;

import java.nio.file.Path;

/** Gives an account a one-time password in a data folder whose server is stopped. The server's half does it. */
@FunctionalInterface
public interface PasswordReset {
    /** Answers the one-time password. */
    String reset(Path data, String name) throws Exception;
}
