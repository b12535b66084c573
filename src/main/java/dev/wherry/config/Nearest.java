package dev.wherry.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** The word that somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** The nearest of these words, unless even that is far: more than half of it would have to change. */
    static Optional<String> word(String said, Collection<String> words) {
        return nearest(said, words, word -> distance(said, word));
    }

    /** The same for keys, where the right last part in the wrong group is very near. */
    static Optional<String> key(String said, Collection<String> keys) {
        return nearest(said, keys, key -> last(said).equalsIgnoreCase(last(key)) ? 1 : distance(said, key));
    }

    private static Optional<String> nearest(String said, Collection<String> words, ToIntFunction<String> distance) {
        return words.stream()
                .min(Comparator.comparingInt(distance).thenComparingInt(word -> distance(said, word)))
                .filter(word -> distance.applyAsInt(word) <= Math.max(2, said.length() / 2));
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Letters to insert, remove, replace, or swap with their neighbour; case does not count. */
    static int distance(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
