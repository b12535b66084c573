package dev.wherry.auth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What failures are counted against, as digests: people type passwords where names belong, and the table is bounded.
 *
 * @param account the account as typed, from one network: others who fail elsewhere do not hold up its owner
 * @param address the one peer, whatever accounts it tries
 */
record LoginSubject(String account, String address) {
    private static final int SITE_BYTES_4 = 3;
    private static final int SITE_BYTES_6 = 8;

    static LoginSubject of(String typed, String address) {
        var name = AccountName.ifPossible(typed).orElse(typed);
        return new LoginSubject(
                Secrets.digest("account\n" + network(address) + "\n" + name),
                Secrets.digest("address\n" + host(address)));
    }

    /** The neighbours who are one person, or one attacker: 256 addresses of IPv4, one site of IPv6. */
    private static String network(String address) {
        return parts(address, SITE_BYTES_4);
    }

    /** One peer; with IPv6 every peer has a whole site to choose addresses from. */
    private static String host(String address) {
        return parts(address, SITE_BYTES_4 + 1);
    }

    private static String parts(String address, int bytes4) {
        try {
            var parsed = InetAddress.ofLiteral(address);
            int kept = parsed instanceof Inet4Address ? bytes4 : SITE_BYTES_6;
            return HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), kept));
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
