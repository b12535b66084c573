package dev.wherry.bus;

/** Somebody listening, until they end it. */
@FunctionalInterface
public interface Subscription {
    void end();
}
