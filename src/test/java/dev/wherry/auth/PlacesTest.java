package dev.wherry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacesTest {
    private static final String A = "192.0.2.1";
    private static final String B = "192.0.2.2";

    private final Places places = new Places(4, 2);

    @Test
    void strangersOfOneAddressGetNoMoreThanTheirShare() {
        assertThat(places.admit(A)).isTrue();
        assertThat(places.admit(A)).isTrue();
        assertThat(places.admit(A)).isFalse();
        assertThat(places.admit(B)).isTrue();
        assertThat(places.open()).isEqualTo(3);
    }

    @Test
    void whoIsKnownLeavesAStrangersPlace() {
        places.admit(A);
        places.admit(A);
        places.known(A);
        assertThat(places.admit(A)).isTrue();
        places.closed(A, false);
        assertThat(places.admit(A)).as("two strangers are there").isFalse();
        places.closed(A, true);
        assertThat(places.admit(A)).isTrue();
    }

    @Test
    void inAllThereAreNoMoreThanTheMost() {
        for (int i = 0; i < 4; i++) {
            assertThat(places.admitProxy()).isTrue();
        }
        assertThat(places.admitProxy()).isFalse();
        assertThat(places.admit(A)).isFalse();
        places.closed(A, false);
        assertThat(places.admit(A)).isTrue();
    }

    @Test
    void behindAProxyNobodyIsCountedByTheProxysAddress() {
        for (int i = 0; i < 3; i++) {
            places.admitProxy();
        }
        assertThat(places.admit(A)).isTrue();
    }
}
