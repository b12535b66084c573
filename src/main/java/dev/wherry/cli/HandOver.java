package dev.wherry.cli;

import dev.wherry.client.UploadCutException;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an upload that was given up is gone on with, here or elsewhere.
 *
 * @param text a command, without the program
 */
record HandOver(String upload, String text) {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_./:@%+,=-]+");

    /**
     * None when the server keeps nothing of it, or what was sent cannot be read again.
     *
     * @param said the words that said which server was meant, and who one is there
     */
    static Optional<HandOver> of(Job job, Exception failure, List<String> said) {
        if (job.direction() != Job.Direction.UPLOAD || job.source().equals("-")) {
            return Optional.empty();
        }
        return upload(failure).map(id -> new HandOver(id, command(id, job, said)));
    }

    /** With which an upload is gone on with. */
    static String command(String upload, Job job, List<String> said) {
        return "put --resume " + upload + " "
                + Stream.concat(Stream.of(named(job.source())), said.stream())
                        .map(HandOver::quoted)
                        .collect(Collectors.joining(" "));
    }

    /** A name that would be read as an option is written so that it is not. */
    private static String named(String source) {
        return source.startsWith("-") ? "./" + source : source;
    }

    private static Optional<String> upload(Exception failure) {
        return switch (failure) {
            case UploadCutException cut -> Optional.of(cut.upload());
            case FaultException fault
            when fault.fault() == Fault.STOPPED
                    && !isOver(fault)
                    && fault.facts().get("upload") instanceof String id -> Optional.of(id);
            default -> Optional.empty();
        };
    }

    /** Whether it was not we who stopped it: it is gone, or somebody else is at it. */
    static boolean isOver(FaultException stopped) {
        return isCancelled(stopped) || isElsewhere(stopped);
    }

    static boolean isCancelled(FaultException stopped) {
        return Boolean.TRUE.equals(stopped.facts().get("cancelled"));
    }

    static boolean isElsewhere(FaultException stopped) {
        return Boolean.TRUE.equals(stopped.facts().get("elsewhere"));
    }

    /** As a shell wants it. */
    static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
