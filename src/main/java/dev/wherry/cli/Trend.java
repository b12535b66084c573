package dev.wherry.cli;

import java.util.Arrays;

/** What a rate was in the seconds before, for a small curve. */
final class Trend {
    private static final int KEPT = 64;

    private final double[] values = new double[KEPT];

    void add(double value) {
        System.arraycopy(values, 1, values, 0, KEPT - 1);
        values[KEPT - 1] = value;
    }

    /** The oldest first; as many as are kept at most. */
    double[] last(int count) {
        return Arrays.copyOfRange(values, KEPT - Math.min(KEPT, count), KEPT);
    }

    double most(int count) {
        return Arrays.stream(last(count)).max().orElse(0);
    }
}
