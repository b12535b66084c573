package dev.wherry.door.http;

import java.util.HashMap;
import java.util.Map;

/**
 * How many connections there are, in all and from each address on which nobody is known yet: a stranger can take
 * neither the memory nor the places of those who are known. Shared by all event loops, hence synchronised; each call is
 * short.
 */
final class Places {
    private final int max;
    private final int maxPerAddress;
    private final Map<String, Integer> strangers = new HashMap<>();
    private int open;

    Places(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /**
     * Whether one more may stay.
     *
     * @param isProxy whether others stand behind this address, so that its connections say nothing about anyone
     */
    synchronized boolean admit(String address, boolean isProxy) {
        if (open >= max || (!isProxy && strangers.getOrDefault(address, 0) >= maxPerAddress)) {
            return false;
        }
        open++;
        if (!isProxy) {
            strangers.merge(address, 1, Integer::sum);
        }
        return true;
    }

    /** Somebody is known on one of this address that counted as a stranger's. */
    synchronized void known(String address) {
        strangers.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }

    /** @param stranger whether it still counted as one */
    synchronized void closed(String address, boolean stranger) {
        open--;
        if (stranger) {
            known(address);
        }
    }
}
