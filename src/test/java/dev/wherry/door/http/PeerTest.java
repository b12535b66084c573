package dev.wherry.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxies are believed. */
final class PeerTest {
    @Test
    void anAddressIsShownAsPeopleWriteIt() {
        assertThat(Peer.shown("0:0:0:0:0:0:0:1")).isEqualTo("::1");
        assertThat(Peer.shown("2001:DB8:0:0:0:0:0:7")).isEqualTo("2001:db8::7");
        assertThat(Peer.shown("127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(Peer.shown("somewhere:else")).isEqualTo("somewhere:else");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.2, 192.0.2.1, false",
        "192.0.2.200, 192.0.2.0/24, true",
        "192.0.3.1, 192.0.2.0/24, false",
        "192.0.2.129, 192.0.2.128/25, true",
        "192.0.2.127, 192.0.2.128/25, false",
        "192.0.2.1, 0.0.0.0/0, true",
        "2001:db8::1, 2001:db8::/32, true",
        "2001:db9::1, 2001:db8::/32, false",
        "192.0.2.1, ::/0, false",
        "proxy.example, 0.0.0.0/0, false",
        "'', 0.0.0.0/0, false",
    })
    void anAddressIsOfANetworkOrNot(String address, String network, boolean trusted) {
        assertThat(Peer.isTrusted(address, List.of(network))).isEqualTo(trusted);
    }
}
