package dev.wherry.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import org.junit.jupiter.api.Test;

final class TlsEngineTest {
    @Test
    void theNativeOneIsTakenWhereItLoads() {
        assertThat(TlsEngine.best())
                .isEqualTo(OpenSSLEngineOptions.isAvailable() ? TlsEngine.BORING_SSL : TlsEngine.JDK);
    }

    @Test
    void eachGivesItsOwnOptions() {
        assertThat(TlsEngine.BORING_SSL.options()).isInstanceOf(OpenSSLEngineOptions.class);
        assertThat(TlsEngine.JDK.options()).isInstanceOf(JdkSSLEngineOptions.class);
    }
}
