package dev.wherry.auth;

import java.util.HashMap;
import java.util.Map;

/**
 * How many connections a door has, in all and from each address on which nobody is known yet: a stranger can take
 * neither the memory nor the places of those who are known. Shared by all event loops, hence synchronised; each call is
 * short.
 */
public final class Places {
    private final int max;
    private final int maxPerAddress;
    private final Map<String, Integer> strangers = new HashMap<>();
    private int open;

    /** @param maxPerAddress of strangers */
    public Places(int max, int maxPerAddress) {
        this.max = max;
        this.maxPerAddress = maxPerAddress;
    }

    /** Whether one more from this address may stay; if so it counts as a stranger's until {@link #known}. */
    public synchronized boolean admit(String address) {
        if (strangers.getOrDefault(address, 0) >= maxPerAddress || !admitProxy()) {
            return false;
        }
        strangers.merge(address, 1, Integer::sum);
        return true;
    }

    /** Whether one more may stay that others stand behind: its address says nothing about anyone. */
    public synchronized boolean admitProxy() {
        if (open >= max) {
            return false;
        }
        open++;
        return true;
    }

    /** Somebody is known on one of this address that counted as a stranger's. */
    public synchronized void known(String address) {
        strangers.computeIfPresent(address, (key, count) -> count > 1 ? count - 1 : null);
    }

    /** @param stranger whether it still counted as one */
    public synchronized void closed(String address, boolean stranger) {
        open--;
        if (stranger) {
            known(address);
        }
    }

    /** How many there are. */
    public synchronized int open() {
        return open;
    }
}
