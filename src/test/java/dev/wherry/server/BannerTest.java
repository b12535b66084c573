package dev.wherry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BannerTest {
    private static final String KEY = "SHA256:fzx1RZK0qBUDrmRdfOJwcxuJkx8D1cFqJYbYjGHN+Lg=";

    @Test
    void theFirstStartSaysAllThatOneCanActOn() {
        assertThat(Banner.lines(facts(4451, true)))
                .containsExactly(
                        "Wherry 0.1.0",
                        "  files        /srv/demo/data/files (new)",
                        "  web          https://192.168.1.20:8443/",
                        "               https://demo.local:8443/",
                        "  console      192.168.1.20:4451",
                        "  certificate  " + KEY + " (public key)",
                        "  in browsers  AB:3C:3D:3E:3F:40:41:42:43:44:45:46:47:48:49:4A:",
                        "               4B:4C",
                        "  first login  admin / 7kfq-2mzd-hx4p   (must be changed at first login)",
                        "  elsewhere    scripts/wherry login admin@192.168.1.20 \\",
                        "               --fingerprint " + KEY,
                        "  settings     built-in defaults",
                        "  data         /srv/demo/data (new)",
                        "  TLS          by BoringSSL")
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void aLaterStartShowsNoPassword() {
        assertThat(Banner.lines(facts(4451, false)))
                .noneMatch(line -> line.contains("first login"))
                .contains("  files        /srv/demo/data/files");
    }

    @Test
    void whatWasSaidBesideTheFileIsCounted() {
        var file = Optional.of(Path.of("/etc/wherry.json"));
        assertThat(new Banner.Said(file, 0, 0)).hasToString("/etc/wherry.json");
        assertThat(new Banner.Said(file, 1, 2)).hasToString("/etc/wherry.json, and 1 by --set, 2 by the environment");
        assertThat(new Banner.Said(Optional.empty(), 3, 0)).hasToString("built-in defaults, and 3 by --set");
    }

    @Test
    void anUnusualPortIsPartOfTheCommandForElsewhere() {
        assertThat(Banner.lines(facts(7000, false))).anyMatch(line -> line.contains("admin@192.168.1.20:7000 "));
    }

    @Test
    void anAddressWithColonsStandsInBrackets() {
        assertThat(new Endpoint("2001:db8::1", 4451).authority()).isEqualTo("[2001:db8::1]:4451");
    }

    @Test
    void anAddressIsWrittenAsShortAsItCanBe() throws UnknownHostException {
        assertThat(StartReport.text(InetAddress.getByName("fd00:0:0:0:0:0:0:2")))
                .isEqualTo("fd00::2");
        assertThat(StartReport.text(InetAddress.getByName("192.0.2.2"))).isEqualTo("192.0.2.2");
        assertThat(StartReport.text(Inet6Address.getByAddress(
                        "", new byte[] {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, 1)))
                .isEqualTo("fe80::9");
    }

    @Test
    void thePasswordIsInTheBannerAndInNoOtherText() {
        assertThat(facts(4451, true).toString()).doesNotContain("7kfq");
    }

    @Test
    void theCodeIsASquareWithTheFindersInItsCorners() {
        var code = Banner.code("https://192.168.1.20:8443/").stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").substring(2))
                .toList();

        int width = code.getFirst().length();
        assertThat(code).allMatch(line -> line.length() == width).hasSize((width + 1) / 2);
        assertThat(code.get(1)).startsWith("  █▀▀▀▀▀█ ").endsWith(" █▀▀▀▀▀█  ");
    }

    private static Banner.Facts facts(int port, boolean first) {
        return new Banner.Facts(
                "0.1.0",
                new Banner.Place(Path.of("/srv/demo/data/files"), first),
                false,
                List.of("https://192.168.1.20:8443/", "https://demo.local:8443/"),
                List.of(new Endpoint("192.168.1.20", port)),
                KEY,
                "AB:3C:3D:3E:3F:40:41:42:43:44:45:46:47:48:49:4A:4B:4C",
                first ? Optional.of(new Banner.FirstLogin("admin", "7kfq-2mzd-hx4p")) : Optional.empty(),
                "scripts/wherry",
                new Banner.Said(Optional.empty(), 0, 0),
                new Banner.Place(Path.of("/srv/demo/data"), first),
                "BoringSSL");
    }
}
