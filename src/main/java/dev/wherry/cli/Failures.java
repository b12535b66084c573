package dev.wherry.cli;

import dev.wherry.client.IdentityException;
import dev.wherry.client.UploadCutException;
import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;

/** Every failure as a sentence: what happened, to what, and what to do next. The one place where they are written. */
final class Failures {
    private Failures() {}

    /** A failure that happened to nothing in particular. */
    static String sentence(Throwable failure) {
        return sentence(failure, "");
    }

    /**
     * One line, also where a name in it has several: only what is our own word for word has line ends.
     *
     * @param what it happened to: a path on the server, or a file here, as the user knows it
     */
    static String sentence(Throwable failure, String what) {
        return failure instanceof IdentityException identity
                ? about(what, String.valueOf(identity.getMessage()))
                : Visible.text(line(failure, what));
    }

    private static String line(Throwable failure, String what) {
        return switch (failure) {
            case FaultException fault -> sentence(fault, what);
            case UploadCutException cut ->
                about(what, String.valueOf(cut.getMessage())) + kept(cut.upload(), cut.durable());
            case UncheckedIOException unchecked -> about(what, String.valueOf(unchecked.getMessage()));
            case NoSuchFileException missing -> "no such file: " + missing.getFile();
            case AccessDeniedException denied -> "not allowed on this machine: " + denied.getFile();
            case FileSystemException local -> local.getFile() + ": " + reason(local);
            case IOException io -> about(what, String.valueOf(io.getMessage()));
            case UsageException usage -> String.valueOf(usage.getMessage());
            case OutOfMemoryError _ ->
                about(what, "more files than the memory of this command can hold at once")
                        + ": carry fewer at once, or give it more with WHERRY_JAVA_OPTS=-Xmx2g";
            default -> about(what, "unexpected: " + failure);
        };
    }

    private static String sentence(FaultException fault, String what) {
        var message = fault.getMessage();
        return switch (fault.fault()) {
            case NOT_FOUND -> saysWhat(message) ? message : named(fault, "no such file: ", what);
            case NO_FOLDER -> noFolder(fault, what);
            case NOT_FOLDER -> notFolder(message, what);
            case EXISTS -> named(fault, "already exists: ", what);
            case NOT_EMPTY -> notEmpty(fault, what);
            case BUSY -> about(what, message.startsWith("busy") ? message : "busy: " + message);
            case IS_FOLDER -> named(fault, "is a folder: ", what) + (message.contains("-r") ? "" : " (use -r)");
            case WRONG_LOGIN -> wrongLogin(message);
            case LOGIN_REQUIRED -> message;
            case LOGIN_TOO_FAST -> "too many failed logins" + retry(fault.facts());
            case TOO_MANY -> message + retry(fault.facts());
            case PASSWORD_CHANGE_REQUIRED ->
                message.contains("--new-password-file")
                        ? message
                        : "the one-time password must be changed first: \"login\" asks for your own";
            case STOPPED -> about(what, stopped(fault));
            default -> about(what, message);
        };
    }

    /** Whether what is missing is something else than a file, and the sentence says what. */
    private static boolean saysWhat(String message) {
        return message.startsWith("no such upload")
                || message.startsWith("no such folder: :")
                || message.startsWith("no such file or folder: :");
    }

    private static String stopped(FaultException fault) {
        if (HandOver.isCancelled(fault)) {
            return "this upload was cancelled elsewhere; nothing of it was kept";
        }
        return HandOver.isElsewhere(fault)
                ? "somebody goes on with this upload elsewhere, so it was stopped here"
                : "interrupted" + kept(fault.facts());
    }

    /** Of a token the same whatever is wrong with it: who only guesses learns nothing. */
    private static String wrongLogin(String message) {
        return message.contains("token")
                ? "this token is not accepted: it was revoked, has expired, or is none of this server"
                : "wrong user name or password";
    }

    /**
     * Said with the name as the user typed it, with the colon of a place on the server; a sentence that begins so
     * already may be about another name, of this machine, and is kept. With a path among the facts it is the server's.
     */
    private static String named(FaultException fault, String phrase, String what) {
        var message = fault.getMessage();
        if (fault.facts().get("path") instanceof String path && message.startsWith(phrase + path)) {
            return phrase + ":" + message.substring(phrase.length());
        }
        boolean kept = message.startsWith(phrase) && !what.equals(":" + message.substring(phrase.length()));
        return kept || what.isEmpty() ? message : phrase + what;
    }

    /** The folder that is missing, which may be another than that of the path that was typed first. */
    private static String noFolder(FaultException fault, String what) {
        if (fault.getMessage().startsWith("no such folder")) {
            return fault.getMessage();
        }
        return fault.facts().get("folder") instanceof String folder
                ? "no such folder: :" + folder + "; make it first"
                : about(what, "no such folder above it");
    }

    private static String notFolder(String message, String what) {
        if (what.isEmpty() || message.startsWith("no folder, but a file")) {
            return message;
        }
        return message.contains("something above it")
                ? what + ": it, or something above it, is a file and no folder"
                : what + " is a file and no folder";
    }

    private static String notEmpty(FaultException fault, String what) {
        return fault.facts().get("entries") instanceof Number entries
                ? about(
                        what,
                        "not empty: " + entries + (entries.longValue() == 1 ? " entry" : " entries") + " (use -r)")
                : about(what, "not empty (use -r)");
    }

    private static String retry(Map<String, Object> facts) {
        return facts.get("retryAfterSeconds") instanceof Number seconds
                ? ": try again in " + seconds.longValue() + " s"
                : ": try again later";
    }

    private static String kept(Map<String, Object> facts) {
        return facts.get("upload") instanceof String upload && facts.get("durable") instanceof Number durable
                ? kept(upload, durable.longValue())
                : "; nothing was kept";
    }

    /** What it has may be more than it has said, and when it has said nothing yet, 0 B is no answer. */
    private static String kept(String upload, long durable) {
        var what = durable > 0 ? Amounts.size(durable) : "what came";
        return ": the server keeps " + what + " of it as upload " + upload;
    }

    private static String about(String what, String message) {
        return what.isEmpty() || message.contains(what) ? message : what + ": " + message;
    }

    private static String reason(FileSystemException failure) {
        var reason = failure.getReason();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }
}
