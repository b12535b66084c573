package dev.wherry.cli;

import dev.wherry.client.Pace;

/**
 * What all transfers of one command share: how they are told of, whom they may ask, and what holds them back. May be
 * used by several connections at once.
 */
record Conduct(Existing existing, Screen screen, Reporter reporter, Interrupts interrupts, Pace pace, boolean fsync) {
    /** What becomes of a name that exists; nothing is drawn over a question. */
    Existing.Decision decide(String name, Existing.Side comes, Existing.Side stays) {
        return reporter.hushed(() -> existing.decide(screen, name, comes, stays));
    }
}
