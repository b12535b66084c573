package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.client.ServerAddress;
import dev.wherry.fault.FaultException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":/a.txt | | | 0 | /a.txt",
                ":/ | | | 0 | /",
                ": | | | 0 | /",
                "host:/a | | host | 4451 | /a",
                "host:/ | | host | 4451 | /",
                "host: | | host | 4451 | /",
                "host:99:/a b/é | | host | 99 | /a b/é",
                "anna@host:/x | anna | host | 4451 | /x",
                "anna@host:99:/x | anna | host | 99 | /x",
                "anna b@host:/x | anna b | host | 4451 | /x",
                "a@b@host:/x | a@b | host | 4451 | /x",
                "192.168.1.20:/x | | 192.168.1.20 | 4451 | /x",
                "[::1]:/x | | ::1 | 4451 | /x",
                "[::1]:99:/x | | ::1 | 99 | /x",
                "anna@[fe80::1]:99:/x | anna | fe80::1 | 99 | /x",
                "host:/a:/b | | host | 4451 | /a:/b",
                "host:/*.gz | | host | 4451 | /*.gz",
                "host:/dir/ | | host | 4451 | /dir/",
            })
    void aColonAndASlashMakeAPlaceOnAServer(String text, String user, String host, int port, String path) {
        assertThat(Place.parse(text, false))
                .isEqualTo(new Place.Remote(
                        Optional.ofNullable(user),
                        Optional.ofNullable(host).map(name -> new ServerAddress(name, port)),
                        path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.txt",
                "/a.txt",
                "./host:/x",
                "../host:/x",
                "/host:/x",
                "dir/host:/x",
                "a:b",
                "host:a/b",
                "a b",
                "..",
                ".",
                "",
                "host:99",
                "-x",
                "a:b:c"
            })
    void everythingElseIsLocal(String text) {
        assertThat(Place.parse(text, false)).isEqualTo(new Place.Local(text));
    }

    @Test
    void aHyphenIsAPipe() {
        assertThat(Place.parse("-", false)).isEqualTo(new Place.Pipe());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:/x", "c:", "C:x", "C:\\x", "z:/"})
    void aLetterBeforeAColonIsADriveOnWindowsOnly(String text) {
        assertThat(Place.parse(text, true)).isEqualTo(new Place.Local(text));
    }

    @Test
    void elsewhereALetterIsAHost() {
        assertThat(Place.parse("C:/x", false)).isInstanceOf(Place.Remote.class);
        assertThat(Place.parse("cc:/x", true)).isInstanceOf(Place.Remote.class);
        assertThat(Place.parse(":/x", true)).isInstanceOf(Place.Remote.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@host:/x", "anna@:/x", "ftp://host/x"})
    void halfAnAccountOrAnAddressIsAMistake(String text) {
        assertThatThrownBy(() -> Place.parse(text, false)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:0:/x", "host:65536:/x", "host:port:/x", "[::1:/x", "[::1]9:/x", "[]:/x", "host::/x"})
    void aServerThatIsNoneIsAMistake(String text) {
        assertThatThrownBy(() -> Place.parse(text, false)).isInstanceOf(FaultException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anna@host:99:/x", "host:99:/x", ":/x", "anna@[::1]:99:/x y"})
    void whatIsWrittenIsReadBack(String text) {
        assertThat(Place.parse(text, false)).hasToString(text);
    }

    @Test
    void aServerAloneIsReadToo() {
        assertThat(Place.server(Optional.of("anna@host")))
                .isEqualTo(new Place.Remote(Optional.of("anna"), Optional.of(new ServerAddress("host", 4451)), "/"));
        assertThat(Place.server(Optional.of("::1")).server()).contains(new ServerAddress("::1", 4451));
        assertThat(Place.server(Optional.empty()).server()).isEmpty();
    }
}
