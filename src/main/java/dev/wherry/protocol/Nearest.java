package dev.wherry.protocol;

import java.util.List;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Nearest {
    /** Longer words are nobody's slip of the finger, and comparing costs the square of the length. */
    private static final int MAX_LENGTH = 24;

    private static final int MAX_DISTANCE = 2;

    /** In a word of up to so many letters a second slip is no slip: nobody who types "foo" means "top". */
    private static final int SHORT = 5;

    private Nearest() {}

    /** What fingers used to other tools type, as one of our verbs. */
    static Optional<String> habit(String verb) {
        return switch (verb) {
            case "LS", "DIR" -> Optional.of("LIST");
            case "PUT", "STOR", "SEND" -> Optional.of("UPLOAD");
            case "GET", "RETR", "FETCH" -> Optional.of("DOWNLOAD");
            case "RM", "DEL", "DELE" -> Optional.of("DELETE");
            case "MV", "RENAME" -> Optional.of("MOVE");
            case "MKD" -> Optional.of("MKDIR");
            case "RMD" -> Optional.of("RMDIR");
            case "EXIT", "BYE" -> Optional.of("QUIT");
            default -> Optional.empty();
        };
    }

    /** The candidate with the fewest slips between it and the word: two at most, one in short words. */
    public static Optional<String> of(String word, List<String> candidates) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var best = Optional.<String>empty();
        int least = MAX_DISTANCE + 1;
        for (var candidate : candidates) {
            int distance = Math.abs(word.length() - candidate.length()) > MAX_DISTANCE
                    ? Integer.MAX_VALUE
                    : distance(word, candidate);
            if (distance < least && distance <= allowed(candidate) && distance < word.length()) {
                best = Optional.of(candidate);
                least = distance;
            }
        }
        return best;
    }

    private static int allowed(String candidate) {
        return Math.min(candidate.length() - 1, candidate.length() <= SHORT ? 1 : MAX_DISTANCE);
    }

    /** Slips: a letter too many, missing, wrong, or two neighbours swapped (optimal string alignment). */
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, rows);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] rows) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + wrong);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
