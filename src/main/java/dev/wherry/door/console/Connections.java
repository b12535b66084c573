package dev.wherry.door.console;

import java.util.HashMap;
import java.util.Map;

/**
 * How many connections there are, in all and from each address before login: a stranger can take neither the memory nor
 * the places of those who are known. Shared by all event loops, hence synchronised; each call is short.
 */
final class Connections {
    private final int max;
    private final int maxPerAddress;
    private final Map<String, Integer> strangers = new HashMap<>();
    private int open;

    Connections(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** Whether one more from this address may stay; if so it counts as a stranger until {@link #known}. */
    synchronized boolean admit(String address) {
        if (open >= max || strangers.getOrDefault(address, 0) >= maxPerAddress) {
            return false;
        }
        open++;
        strangers.merge(address, 1, Integer::sum);
        return true;
    }

    /** One from this address has logged in. */
    synchronized void known(String address) {
        strangers.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }

    /** @param stranger whether it had not logged in */
    synchronized void closed(String address, boolean stranger) {
        open--;
        if (stranger) {
            known(address);
        }
    }

    synchronized int open() {
        return open;
    }
}
