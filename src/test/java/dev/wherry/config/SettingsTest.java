package dev.wherry.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theDefaultsAreThoseOfTheDesign() {
        var config = Settings.read(Sources.of()).config();

        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.files())
                .isEqualTo(new Config.Files(Optional.empty(), false, 0640, 0750, 256L << 20, 1L << 40));
        assertThat(config.console())
                .isEqualTo(new Config.Console(
                        "0.0.0.0",
                        4451,
                        true,
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(15),
                        20_000,
                        256,
                        8 << 10,
                        1 << 20,
                        32));
        assertThat(config.http().port()).isEqualTo(8443);
        assertThat(config.http().maxHeader()).isEqualTo(8 << 10);
        assertThat(config.http().publicUrl()).isEmpty();
        assertThat(config.http().hosts()).isEmpty();
        assertThat(config.management()).isEqualTo(new Config.Management("127.0.0.1", 9451));
        assertThat(config.tls()).isEqualTo(new Config.Tls(Optional.empty(), Optional.empty(), "1.3"));
        assertThat(config.transfers()).isEqualTo(new Config.Transfers(1024, Duration.ofSeconds(30), 64, 2 << 20));
        assertThat(config.uploads())
                .isEqualTo(new Config.Uploads(Duration.ofDays(7), 16 << 20, Duration.ofSeconds(2), 1 << 20));
        assertThat(config.login())
                .isEqualTo(new Config.Login(
                        Duration.ofHours(12),
                        Duration.ofDays(30),
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        32));
        assertThat(config.listing()).isEqualTo(new Config.Listing(200_000));
        assertThat(config.zip()).isEqualTo(new Config.Zip(100_000, 100L << 30));
        assertThat(config.history()).isEqualTo(new Config.History(Duration.ofDays(365)));
        assertThat(config.log()).isEqualTo(new Config.Log("text", Duration.ofMinutes(1), false));
    }

    @Test
    void theCommandLineBeatsTheEnvironmentBeatsTheFileBeatsTheDefault() {
        var file = write("""
                {
                  "$schema": "wherry.schema.json",
                  "http": {"port": 1001, "host": "10.0.0.1", "maxHeader": "16KiB"},
                  "console": {"port": 2001}
                }
                """);
        var settings = Settings.read(new Sources(
                Optional.of(file),
                List.of(),
                Map.of("WHERRY_HTTP_PORT", "1002", "WHERRY_HTTP_HOST", "10.0.0.2"),
                List.of("http.port=5", "http.port=1003")));
        var http = settings.config().http();

        assertThat(http.port()).isEqualTo(1003);
        assertThat(http.host()).isEqualTo("10.0.0.2");
        assertThat(http.maxHeader()).isEqualTo(16 << 10);
        assertThat(http.maxJson()).isEqualTo(64 << 10);
        assertThat(settings.file()).contains(file);
        assertThat(settings.warnings()).isEmpty();
        assertThat(origin(settings, "http.port")).isEqualTo("1003 --set");
        assertThat(origin(settings, "http.host")).isEqualTo("10.0.0.2 WHERRY_HTTP_HOST");
        assertThat(origin(settings, "http.maxHeader")).isEqualTo("16KiB " + file + ", line 3, column 46");
        assertThat(origin(settings, "http.maxJson")).isEqualTo("64KiB default");
    }

    private static String origin(Settings settings, String key) {
        return settings.origins().stream()
                .filter(origin -> origin.key().equals(key))
                .map(origin -> origin.value() + " " + origin.place().text())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOriginsAreEveryKey() {
        assertThat(Settings.read(Sources.of("http.hosts=a,b")).origins())
                .hasSameSizeAs(Schema.load().keys())
                .contains(new Origin("http.hosts", "a,b", new Place.CommandLine()));
    }

    @Test
    void listsAreArraysInTheFileAndCommasElsewhere() {
        var file = write("{\"http\": {\"hosts\": [\"a\", \"b\"]}}");
        var settings = Settings.read(new Sources(
                Optional.of(file), List.of(), Map.of("WHERRY_HTTP_TRUSTED_PROXIES", "10.0.0.0/8, ::1"), List.of()));

        assertThat(settings.config().http().hosts()).containsExactly("a", "b");
        assertThat(settings.config().http().trustedProxies()).containsExactly("10.0.0.0/8", "::1");
        assertThat(Settings.read(Sources.of("http.hosts=")).config().http().hosts())
                .isEmpty();
    }

    @Test
    void aListMayStandOnTheCommandLineAsItDoesInTheFile() {
        assertThat(Settings.read(Sources.of("http.trustedProxies=[\"127.0.0.1\", \"::1\"]"))
                        .config()
                        .http()
                        .trustedProxies())
                .containsExactly("127.0.0.1", "::1");
        assertThatThrownBy(() -> Settings.read(Sources.of("http.trustedProxies=[\"127.0.0.1\"")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("http.trustedProxies");
    }

    @Test
    void aWebDoorInTheClearThatOthersReachIsWarnedAbout() {
        var behind = "http.trustedProxies=127.0.0.1";
        assertThat(Settings.read(Sources.of("http.tls=false", behind)).warnings())
                .singleElement()
                .asString()
                .contains("http.host", "in clear");
        assertThat(Settings.read(Sources.of("http.tls=false", behind, "http.host=127.0.0.1"))
                        .warnings())
                .isEmpty();
        assertThat(Settings.read(Sources.of(behind)).warnings()).isEmpty();
    }

    @Test
    void sizesMayBePlainNumbers() {
        var file = write("{\"files\": {\"maxSize\": 4096, \"keepFree\": \"0\"}}");
        var files = read(file).config().files();

        assertThat(files.maxSize()).isEqualTo(4096);
        assertThat(files.keepFree()).isZero();
    }

    @Test
    void theFirstUsualFileThatIsThereIsRead() throws IOException {
        var here = Files.createDirectories(folder.resolve("here"));
        var application = Files.createDirectories(folder.resolve("application/config"));
        var file = Files.writeString(application.resolve("wherry.json"), "{\"log\": {\"format\": \"json\"}}", UTF_8);
        var usual = Sources.usual(here, folder.resolve("application"));

        assertThat(usual.getFirst()).isEqualTo(Path.of("/etc/wherry/wherry.json"));
        var settings =
                Settings.read(new Sources(Optional.empty(), usual.subList(1, usual.size()), Map.of(), List.of()));
        assertThat(settings.file()).contains(file);
        assertThat(settings.config().log().format()).isEqualTo("json");
    }

    @Test
    void everyMistakeIsReportedAtOnceWithPlaceExpectedAndFound() {
        var file = write("""
                {
                  "http": {
                    "port": 70000,
                    "prot": 1,
                    "maxHeader": "8KB",
                    "tls": null,
                    "hosts": ["ok", 3]
                  },
                  "tls": {"minimum": 1.3},
                  "htpt": {"port": 1},
                  "console": 5,
                  "files": {"mode": {"owner": 6}, "maxSize": 1e30},
                  "http.port": 1,
                  "log": {"format": "json", "format": "text"}
                }
                """);
        var mistakes = mistakes(new Sources(
                Optional.of(file),
                List.of(),
                Map.of("WHERRY_HTTP_PORT", "1001", "WHERRY_ZIP_MAX_ENTRIES", "lots"),
                List.of("log.summaryEvery=1w", "port=5", "http.port", "http=1")));

        var in = file + ", line ";
        var size = "a size such as \"16MiB\" (B, KiB, MiB, GiB, TiB) or a number of bytes, at least 1";
        assertThat(mistakes.stream().map(Mistake::text))
                .containsExactly(
                        in + "3, column 5: http.port: expected a whole number from 0 to 65535, found 70000",
                        in
                                + "4, column 5: http.prot: expected a known key (the nearest is http.port),"
                                + " found an unknown one",
                        in + "5, column 5: http.maxHeader: expected " + size + "KiB, at most 1MiB, found \"8KB\"",
                        in + "6, column 5: http.tls: expected true or false, found null",
                        in + "7, column 5: http.hosts: expected a list of host names, such as [\"files.example.org\"],"
                                + " found [\"ok\",3]",
                        in + "9, column 11: tls.minimum: expected \"1.3\" or \"1.2\", found 1.3",
                        in + "10, column 3: htpt: expected a known key (the nearest is http), found an unknown one",
                        in + "11, column 3: console: expected an object with its keys, {…}, found 5",
                        in + "12, column 13: files.mode: expected four octal digits that let the owner read and write,"
                                + " such as \"0640\", found an object",
                        in + "12, column 35: files.maxSize: expected " + size + ", found 1.0E30",
                        in + "13, column 3: http.port: expected \"http\": {\"port\": …}, found a dot in its name",
                        in + "14, column 29: log.format: expected each key once, found it again, after " + in
                                + "14, column 11",
                        "WHERRY_ZIP_MAX_ENTRIES: zip.maxEntries: expected a whole number from 1 to 100000000,"
                                + " found \"lots\"",
                        "--set: port: expected a known key (the nearest is http.port), found an unknown one",
                        "--set: http.port: expected http.port=VALUE, found no \"=\"",
                        "--set: http: expected a known key (such as http.host), found an unknown one",
                        "--set: log.summaryEvery: expected a duration such as \"500ms\", \"10s\", \"15m\", \"12h\" or"
                                + " \"7d\", at least 1s, at most 1d, found \"1w\"");
    }

    @Test
    void theMessageOfTheExceptionIsALineForEachMistake() {
        var failure = failure(Sources.of("http.port=a", "http.tls=b"));

        assertThat(failure.getMessage().lines())
                .containsExactlyElementsOf(
                        failure.mistakes().stream().map(Mistake::text).toList())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{\"http\": {\"port\": 1,}}|1|21",
                "{\\n  \"http\" 5}|2|10",
                "{\\n\\n  \"data\": \"a|3|13",
                "{\"data\": \"a\"|1|13",
                "{'data': 1}|1|2",
                "// no\\n{}|1|1",
                "{} {}|1|4",
                "[]|1|1",
                "5|1|1"
            })
    void malformedJsonIsFoundToLineAndColumn(String json, int line, int column) {
        var file = write(json.replace("\\n", "\n"));
        var mistakes = mistakes(only(file));

        assertThat(mistakes).hasSize(1);
        assertThat(mistakes.getFirst().key()).isEmpty();
        assertThat(mistakes.getFirst().place()).isEqualTo(new Place.InFile(file, line, column));
    }

    @Test
    void aFileThatEndsTooEarlySaysWhatIsStillOpen() {
        var file = write("{\"http\": {\n");

        assertThat(mistakes(only(file)))
                .singleElement()
                .extracting(Mistake::text)
                .isEqualTo(
                        file + ", line 2, column 1: expected JSON, found this: Unexpected end-of-input: expected close"
                                + " marker for Object that began in line 1, column 10");
    }

    @Test
    void whatAMalformedFileDidNotGetToSayIsNotMissed() {
        assertThat(mistakes(only(write("{\"console\": {\"tls\": false, \"host\" \"localhost\"}}"))))
                .hasSize(1);
    }

    @Test
    void anEmptyFileIsNoConfiguration() {
        assertThat(mistakes(only(write(""))))
                .singleElement()
                .extracting(Mistake::found)
                .isEqualTo("nothing");
    }

    @Test
    void bytesThatAreNoUtf8AreFound() throws IOException {
        var file = Files.write(folder.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'});

        assertThat(mistakes(only(file)))
                .singleElement()
                .extracting(Mistake::expected)
                .isEqualTo("JSON");
    }

    @Test
    void aNamedFileThatIsNotThereIsAMistake() {
        var missing = folder.resolve("missing.json");

        assertThat(mistakes(only(missing)))
                .containsExactly(
                        new Mistake("", new Place.InFile(missing, 0, 0), "a configuration file", "nothing there"));
    }

    @Test
    void aFolderInsteadOfAFileIsAMistake() {
        assertThat(mistakes(only(folder))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "WHERRY_HTTP_PROT,WHERRY_HTTP_PORT (http.port)",
        "WHERRY_HTTP_MAXHEADER,WHERRY_HTTP_MAX_HEADER (http.maxHeader)",
        "WHERRY_PASSWORD,WHERRY_PASSWORD_FILE"
    })
    void anUnknownVariableIsWarnedAboutWithTheNearestAndWithoutItsValue(String variable, String nearest) {
        var settings = Settings.read(environment(Map.of(variable, "s3cret")));

        assertThat(settings.warnings())
                .containsExactly(variable + " is no setting and is ignored; the nearest is " + nearest);
    }

    @Test
    void theVariablesOfOthersMeanNothing() {
        var environment = Map.of(
                "WHERRY_SERVER", "here:1",
                "WHERRY_USER", "ann",
                "WHERRY_PASSWORD_FILE", "/x",
                "WHERRY_TOKEN_FILE", "/x",
                "WHERRY_FINGERPRINT", "SHA256:x",
                "WHERRY_CONFIG_DIR", "/x",
                "WHERRY_ADMIN_PASSWORD_FILE", "/x",
                "WHERRY_JAVA_OPTS", "-Xmx1g",
                "WHERRY_JAVA_HOME", "/x",
                "PATH", "/bin");
        var settings = Settings.read(environment(environment));

        assertThat(settings.warnings()).isEmpty();
        assertThat(settings.config()).isEqualTo(Settings.read(Sources.of()).config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http.password", "tls.key", "secret"})
    void whatStandsUnderAnUnknownKeyIsNotRepeated(String key) {
        assertThat(failure(Sources.of(key + "=s3cret"))).message().doesNotContain("s3cret");
        assertThat(failure(only(write("{\"secret\": \"s3cret\"}")))).message().doesNotContain("s3cret");
    }

    @Test
    void aMistakeUnderneathAnotherValueIsStillReported() {
        var file = write("{\"http\": {\"port\": \"x\"}}");

        assertThat(mistakes(new Sources(Optional.of(file), List.of(), Map.of(), List.of("http.port=1"))))
                .hasSize(1);
    }

    static List<Mistake> mistakes(Sources sources) {
        return failure(sources).mistakes();
    }

    private static ConfigException failure(Sources sources) {
        return Objects.requireNonNull(
                catchThrowableOfType(ConfigException.class, () -> Settings.read(sources)), "no mistake was found");
    }

    private static Settings read(Path file) {
        return Settings.read(only(file));
    }

    private static Sources only(Path file) {
        return new Sources(Optional.of(file), List.of(), Map.of(), List.of());
    }

    private static Sources environment(Map<String, String> environment) {
        return new Sources(Optional.empty(), List.of(), environment, List.of());
    }

    private Path write(String json) {
        try {
            return Files.writeString(folder.resolve("wherry.json"), json, UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
