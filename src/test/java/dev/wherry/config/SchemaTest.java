package dev.wherry.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every key is described everywhere, and the same everywhere. */
final class SchemaTest {
    private static final Path CONFIG = Path.of("config/wherry.json");
    private static final Set<String> WITHOUT_UNIT =
            Set.of("boolean", "enum", "port", "host", "path", "optionalPath", "url", "names", "networks", "mode");

    private final Schema schema = Schema.load();

    @Test
    void everyKeyHasDefaultDescriptionUnitLineRowAndVariable() throws IOException {
        var file = new JsonObject(Files.readString(CONFIG, UTF_8));
        var lines = Files.readAllLines(CONFIG, UTF_8);
        var page = Files.readAllLines(Path.of("src/docs/operations.md"), UTF_8);

        assertThat(schema.keys()).hasSizeGreaterThan(50);
        for (var key : schema.keys()) {
            var name = key.name();
            assertThat(key.rule().containsKey("default"))
                    .as("%s has a default", name)
                    .isTrue();
            assertThat(description(key)).as("%s has a description", name).endsWith(".");
            assertThat(unit(key).isEmpty())
                    .as("%s has a unit, or needs none", name)
                    .isEqualTo(WITHOUT_UNIT.contains(key.kind()));
            assertThat(inFile(file, name))
                    .as("%s stands in %s", name, CONFIG)
                    .isEqualTo(key.byDefault().value());
            assertThat(lines)
                    .as("%s has a line of its own", name)
                    .anyMatch(line -> line.strip().startsWith("\"" + last(name) + "\": "));
            assertThat(page).as("%s has its row in the operator's page", name).contains(row(key));
            assertThat(key.variable()).matches("WHERRY(_[A-Z0-9]+)+");
            assertThat(schema.keyOf(key.variable()))
                    .as("%s maps back", key.variable())
                    .contains(key);
            assertThat(Variables.RESERVED.contains(key.variable()))
                    .as("%s is not the client's", key.variable())
                    .isFalse();
        }
        assertThat(keysOf(file)).isEqualTo(names());
    }

    private static Object inFile(JsonObject file, String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? file.getValue(name)
                : file.getJsonObject(name.substring(0, dot)).getValue(name.substring(dot + 1));
    }

    private static String unit(Key key) {
        return key.rule().getString("x-unit", "");
    }

    private static String description(Key key) {
        return key.rule().getString("description", "");
    }

    private static String last(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static String row(Key key) {
        var value = key.byDefault().value();
        var shown = value instanceof String text && !text.isEmpty() ? text : Json.encode(value);
        return "| `%s` | `%s` | %s | %s | `%s` |"
                .formatted(key.name(), shown, unit(key), description(key), key.variable());
    }

    private static List<String> keysOf(JsonObject file) {
        var found = new ArrayList<String>();
        file.forEach(entry -> {
            if (entry.getValue() instanceof JsonObject group) {
                group.fieldNames().forEach(name -> found.add(entry.getKey() + "." + name));
            } else if (!entry.getKey().equals("$schema")) {
                found.add(entry.getKey());
            }
        });
        return found;
    }

    private List<String> names() {
        return schema.keys().stream().map(Key::name).toList();
    }

    @Test
    void theFilePeopleCopyChangesNothing() {
        var sources = Sources.of();
        var copied = new Sources(Optional.of(CONFIG), sources.usual(), sources.environment(), sources.set());

        assertThat(Settings.read(copied).config())
                .isEqualTo(Settings.read(sources).config());
    }

    @Test
    void theRowsOfThePageAreTheKeysInTheirOrder() throws IOException {
        var rows = Files.readAllLines(Path.of("src/docs/operations.md"), UTF_8).stream()
                .filter(line -> line.endsWith("` |") && line.contains("| `WHERRY_"))
                .map(line -> line.split("`", -1)[1])
                .toList();

        assertThat(rows).isEqualTo(names());
    }

    @Test
    void theRecordsHaveTheKeysOfTheSchemaInTheirOrder() {
        var components = new ArrayList<String>();
        for (var top : Config.class.getRecordComponents()) {
            if (top.getType().isRecord()) {
                for (var inner : top.getType().getRecordComponents()) {
                    components.add(top.getName() + "." + inner.getName());
                }
            } else {
                components.add(top.getName());
            }
        }

        assertThat(components).isEqualTo(names());
    }

    @Test
    void everyValueEndsUpUnderItsOwnName() throws ReflectiveOperationException {
        for (var key : schema.keys()) {
            var other = another(key);
            var changed =
                    Settings.read(Sources.of(companions(key.name(), other))).config();

            assertThat(valueOf(changed, key.name()))
                    .as(key.name())
                    .isNotEqualTo(valueOf(Settings.read(Sources.of()).config(), key.name()))
                    .isEqualTo(typed(key, other));
        }
    }

    /** What else must be said so that the settings fit together. */
    private static String[] companions(String name, String value) {
        var set = new ArrayList<>(List.of(name + "=" + value));
        switch (name) {
            case "console.tls" -> set.add("console.host=127.0.0.1");
            case "http.tls" -> set.add("http.host=::1");
            case "tls.certificateFile" -> set.add("tls.keyFile=key.pem");
            case "tls.keyFile" -> set.add("tls.certificateFile=certificate.pem");
            case "login.firstDelay" -> set.add("login.longestDelay=1d");
            default -> {}
        }
        return set.toArray(String[]::new);
    }

    /** The upper end where there is one, so that nothing that is allowed overflows. */
    private static String another(Key key) {
        return switch (key.kind()) {
            case "boolean" -> String.valueOf(!(Boolean) key.byDefault().value());
            case "integer", "port" -> String.valueOf(key.rule().getValue("maximum"));
            case "duration" -> key.rule().getString("x-maximum");
            case "size" -> key.rule().getString("x-maximum", "8388607TiB");
            case "enum" -> key.rule().getJsonArray("enum").getString(1);
            case "mode" -> "0777";
            case "host" -> "10.1.2.3";
            case "url" -> "https://files.example.org:444";
            case "names", "networks" -> "10.0.0.0, ::1";
            default -> "/srv/" + key.name();
        };
    }

    private static Object valueOf(Config config, String name) throws ReflectiveOperationException {
        Object value = config;
        for (var part : name.split("\\.", -1)) {
            value = component(value.getClass(), part).getAccessor().invoke(value);
            assertThat(value).isNotNull();
        }
        return value;
    }

    private static RecordComponent component(Class<?> record, String name) {
        return List.of(record.getRecordComponents()).stream()
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Object typed(Key key, String text) {
        return switch (key.kind()) {
            case "boolean" -> Boolean.valueOf(text);
            case "integer", "port" -> Integer.valueOf(text);
            case "duration" -> Quantities.duration(text).orElseThrow();
            case "size" -> asDeclared(key, Quantities.size(text).orElseThrow());
            case "mode" -> 0777;
            case "path" -> Path.of(text);
            case "optionalPath" -> Optional.of(Path.of(text));
            case "url" -> Optional.of(text);
            case "names", "networks" -> List.of("10.0.0.0", "::1");
            default -> text;
        };
    }

    /** Sizes that are small by their bounds are kept as an {@code int}. */
    private static Object asDeclared(Key key, long size) {
        int dot = key.name().indexOf('.');
        var group = component(Config.class, key.name().substring(0, dot)).getType();
        return component(group, last(key.name())).getType() == int.class
                ? (Object) Math.toIntExact(size)
                : (Object) size;
    }

    @Test
    void everyBoundIsCrossedAndSaidInTheRefusal() {
        for (var key : schema.keys()) {
            for (var beyond : beyond(key)) {
                var mistakes = SettingsTest.mistakes(Sources.of(key.name() + "=" + beyond));

                assertThat(mistakes).as("%s=%s", key.name(), beyond).hasSize(1);
                assertThat(mistakes.getFirst().key()).isEqualTo(key.name());
                assertThat(mistakes.getFirst().expected())
                        .isEqualTo(key.expected())
                        .doesNotContain("null");
            }
        }
    }

    private static Collection<String> beyond(Key key) {
        return switch (key.kind()) {
            case "boolean" -> List.of("yes", "", "TRUE", "1");
            case "integer", "port" ->
                List.of(
                        String.valueOf(key.rule().getLong("minimum") - 1),
                        String.valueOf(key.rule().getLong("maximum") + 1),
                        "1.5",
                        "many",
                        "",
                        "99999999999999999999");
            case "duration" -> bounds(key, "0s", "10000000d", "10", "10 s", "1w", "-1s", "", "10s\n");
            case "size" -> bounds(key, "-1", "8388608TiB", "1MB", "16 MiB", "1.5GiB", "", "16MiB\n", "9".repeat(30));
            case "enum" -> List.of("", "1.1", "xml", "TEXT");
            case "mode" -> List.of("640", "0440", "0888", "", "rw-r-----", "01777", "0640\n");
            case "host" -> List.of("", "a b", "http://here", "here\n");
            case "path" -> List.of("", "a\u0000b");
            case "optionalPath" -> List.of("a\u0000b", "a\nb", "\ud800");
            case "url" -> List.of("files.example.org", "ftp://here", "https://here/with/path", "https://u@here");
            case "names" -> List.of("a b", "here,there/x/y", "here\nthere");
            case "networks" -> List.of("proxy", "10.0.0.0/33", "::1/129", "10.0.0.0/", "10.0.0.256", "::1,10");
            default -> throw new AssertionError("no bad values for " + key.kind());
        };
    }

    private static Collection<String> bounds(Key key, String... always) {
        var beyond = new ArrayList<>(List.of(always));
        past(key, "x-minimum", -1).ifPresent(beyond::add);
        past(key, "x-maximum", 1).ifPresent(beyond::add);
        return beyond;
    }

    private static Optional<String> past(Key key, String bound, int step) {
        return Optional.ofNullable(key.rule().getString(bound))
                .map(text -> key.kind().equals("duration")
                        ? Quantities.duration(text).orElseThrow().toMillis() + step + "ms"
                        : String.valueOf(Quantities.size(text).orElseThrow() + step));
    }

    @Test
    void theSchemaAloneRefusesWhatAnEditorShouldUnderline() {
        var file = new JsonObject()
                .put("http", new JsonObject().put("port", 70_000).put("hosts", new JsonArray().add(3)));
        var values = new LinkedHashMap<String, Given>();
        var place = new Place.CommandLine();
        values.put("http.port", new Given(file.getJsonObject("http").getValue("port"), place));
        values.put("http.hosts", new Given(file.getJsonObject("http").getValue("hosts"), place));
        values.put("http.tls", new Given(true, place));

        assertThat(schema.refused(values)).containsExactly("http.port", "http.hosts");
    }
}
