package dev.wherry.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that must fit together; those of a case are separated by blanks. */
final class CrossChecksTest {
    @ParameterizedTest
    @CsvSource({
        "tls.certificateFile=a.pem, tls.certificateFile",
        "tls.keyFile=a.pem, tls.keyFile",
        "console.tls=false, console.tls",
        "console.tls=false console.host=192.168.1.1, console.tls",
        "console.tls=false console.host=localhost.example.org, console.tls",
        "console.tls=false console.host=128.0.0.1, console.tls",
        "http.tls=false, http.tls",
        "http.tls=false http.host=::, http.tls",
        "http.port=4451, http.port",
        "management.port=4451, management.port",
        "management.port=8443 http.host=127.0.0.1, management.port",
        "http.port=5 http.host=10.0.0.1 console.port=5 console.host=10.0.0.1, http.port",
        "login.firstDelay=10m, login.longestDelay"
    })
    void whatDoesNotFitTogetherIsAMistake(String set, String key) {
        var mistakes = SettingsTest.mistakes(Sources.of(set.split(" ")));

        assertThat(mistakes).singleElement().extracting(Mistake::key).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tls.certificateFile=a.pem tls.keyFile=b.pem",
                "console.tls=false console.host=127.0.0.1",
                "console.tls=false console.host=127.3.2.1",
                "console.tls=false console.host=::1",
                "console.tls=false console.host=localhost",
                "http.tls=false http.host=localhost",
                "http.tls=false http.trustedProxies=10.0.0.1 http.host=127.0.0.1",
                "console.port=0 http.port=0 management.port=0",
                "http.port=5 http.host=10.0.0.1 console.port=5 console.host=10.0.0.2",
                "login.firstDelay=1s login.longestDelay=1s"
            })
    void whatFitsTogetherIsTaken(String set) {
        assertThat(Settings.read(Sources.of(set.split(" "))).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "console.tls=false console.host=",
                "http.tls=false http.trustedProxies=x",
                "login.firstDelay=10m login.longestDelay=x"
            })
    void aRuleDoesNotSpeakWhenWhatItLooksAtIsMistaken(String set) {
        assertThat(SettingsTest.mistakes(Sources.of(set.split(" ")))).hasSize(1);
    }
}
