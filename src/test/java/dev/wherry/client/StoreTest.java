package dev.wherry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreTest {
    private static final ServerAddress ONE = new ServerAddress("one", 4451);
    private static final ServerAddress TWO = new ServerAddress("two", 9);
    private static final Fingerprint KEY = Fingerprint.parse("SHA256:" + "A".repeat(43) + "=");
    private static final Fingerprint OTHER_KEY = Fingerprint.parse("SHA256:" + "A".repeat(42) + "E=");

    @TempDir
    Path folder;

    @Test
    void aPinIsFoundWithItsFileAndLine() throws IOException {
        var pins = new PinStore(folder.resolve("config"));
        assertThat(pins.find(ONE)).isEmpty();
        pins.save(ONE, KEY);
        pins.save(TWO, OTHER_KEY);
        assertThat(pins.find(TWO))
                .contains(new Trust.Pin(OTHER_KEY, folder.resolve("config/known_servers") + ", line 2"));
    }

    @Test
    void aNewPinTakesTheLineOfTheOld() throws IOException {
        var pins = new PinStore(folder);
        pins.save(ONE, KEY);
        pins.save(TWO, KEY);
        pins.save(ONE, OTHER_KEY);
        assertThat(Files.readAllLines(folder.resolve("known_servers")))
                .containsExactly("one:4451 " + OTHER_KEY, "two:9 " + KEY);
    }

    @Test
    void onlyTheOwnerReadsWhatIsKept() throws IOException {
        new LoginStore(folder.resolve("config")).save(new LoginStore.Login(ONE, "anna", "secret"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("config"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("config/logins"))))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("config").toFile().list()).containsExactly("logins");
    }

    @Test
    void theLatestLoginIsMeantUnlessServerOrUserAreSaid() throws IOException {
        var logins = new LoginStore(folder);
        var anna = new LoginStore.Login(ONE, "anna with spaces", "t1");
        var bert = new LoginStore.Login(TWO, "bert", "t2");
        logins.save(anna);
        logins.save(bert);
        assertThat(logins.latest(Optional.empty(), Optional.empty())).contains(bert);
        assertThat(logins.latest(Optional.of(ONE), Optional.empty())).contains(anna);
        assertThat(logins.latest(Optional.empty(), Optional.of("anna with spaces")))
                .contains(anna);
        assertThat(logins.latest(Optional.of(ONE), Optional.of("bert"))).isEmpty();

        var again = new LoginStore.Login(ONE, "anna with spaces", "t3");
        logins.save(again);
        assertThat(logins.latest(Optional.empty(), Optional.empty())).contains(again);
        logins.remove(again);
        assertThat(logins.latest(Optional.empty(), Optional.empty())).contains(bert);
        assertThat(logins.latest(Optional.of(ONE), Optional.empty())).isEmpty();
    }

    @Test
    void aLoginThatWouldForgeALineIsRefused() {
        assertThatThrownBy(() -> new LoginStore.Login(ONE, "anna\nevil:1 t x", "t"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoginStore.Login(ONE, "anna", "t x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "host, host:4451",
        "host:99, host:99",
        "[::1], [::1]:4451",
        "[::1]:99, [::1]:99",
        "::1, [::1]:4451",
        "192.168.1.20:1, 192.168.1.20:1"
    })
    void addressesAreRead(String text, String whole) {
        assertThat(ServerAddress.parse(text)).hasToString(whole);
        assertThat(ServerAddress.parse(whole)).hasToString(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host/",
                "my host",
                ":99",
                "host:",
                "host:x",
                "host:0",
                "host:65536",
                "host:99999999999",
                "[]",
                "[::1",
                "[::1]x"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> ServerAddress.parse(text)).isInstanceOf(FaultException.class);
    }

    @Test
    void aFingerprintMayLackItsPadding() {
        assertThat(Fingerprint.parse(" SHA256:" + "A".repeat(43) + "\n")).isEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA256:", "AAAA", "SHA256:AAAA", "MD5:aa:bb", "SHA256:****"})
    void whatIsNoFingerprintIsRefused(String text) {
        assertThatThrownBy(() -> Fingerprint.parse(text)).isInstanceOf(FaultException.class);
    }
}
