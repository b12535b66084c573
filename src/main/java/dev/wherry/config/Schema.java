package dev.wherry.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code wherry.schema.json}: which keys there are, and what each takes. No rule about one key stands elsewhere. */
final class Schema {
    private static final String FILE = "wherry.schema.json";
    /** The library wants one; nothing is ever fetched from it. */
    private static final String BASE = "https://wherry.invalid/";

    private final Validator validator;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Set<String> groups = new LinkedHashSet<>();
    private final Map<String, Key> variables;

    private Schema(JsonObject json) {
        validator = Validator.create(
                JsonSchema.of(json),
                new JsonSchemaOptions()
                        .setBaseUri(BASE)
                        .setDraft(Draft.DRAFT202012)
                        .setOutputFormat(OutputFormat.Basic));
        collect("", json.getJsonObject("properties"), json.getJsonObject("$defs"));
        variables = keys.values().stream().collect(Collectors.toMap(Key::variable, key -> key));
    }

    static Schema load() {
        try (InputStream file = Schema.class.getResourceAsStream(FILE)) {
            var bytes = Objects.requireNonNull(file, "the schema lies beside this class")
                    .readAllBytes();
            return new Schema(new JsonObject(Buffer.buffer(bytes)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void collect(String prefix, JsonObject properties, JsonObject shared) {
        for (var property : properties) {
            var name = prefix + property.getKey();
            var rule = (JsonObject) property.getValue();
            if (rule.containsKey("properties")) {
                groups.add(name);
                collect(name + ".", rule.getJsonObject("properties"), shared);
            } else if (!name.equals("$schema")) {
                keys.put(name, key(name, rule, shared));
            }
        }
    }

    private static Key key(String name, JsonObject rule, JsonObject shared) {
        var reference = rule.getString("$ref");
        if (reference == null) {
            return new Key(name, rule.containsKey("enum") ? "enum" : rule.getString("type"), rule);
        }
        var kind = reference.substring(reference.lastIndexOf('/') + 1);
        return new Key(name, kind, shared.getJsonObject(kind).copy().mergeIn(rule));
    }

    /** All keys, in the order of the schema. */
    Collection<Key> keys() {
        return keys.values();
    }

    Optional<Key> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    Optional<Key> keyOf(String variable) {
        return Optional.ofNullable(variables.get(variable));
    }

    Set<String> variables() {
        return variables.keySet();
    }

    boolean isGroup(String name) {
        return groups.contains(name);
    }

    /** The words that finish "expected a known key" for a name that is none. */
    String nearest(String name) {
        if (isGroup(name)) {
            return keys.keySet().stream()
                    .filter(key -> key.startsWith(name + "."))
                    .findFirst()
                    .map(key -> " (such as " + key + ")")
                    .orElse("");
        }
        return Nearest.key(name, keys.keySet())
                .or(() -> Nearest.word(name, groups))
                .map(found -> " (the nearest is " + found + ")")
                .orElse("");
    }

    /** Which of these known keys have values that may not be. */
    Set<String> refused(Map<String, Given> values) {
        var wrong = locations(values);
        return values.keySet().stream()
                .filter(name -> wrong.contains("#/" + name.replace('.', '/'))
                        || !Objects.requireNonNull(keys.get(name))
                                .fits(Objects.requireNonNull(values.get(name)).value()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<String> locations(Map<String, Given> values) {
        var errors = validator.validate(tree(values)).getErrors();
        return errors == null
                ? Set.of()
                : errors.stream().map(OutputUnit::getInstanceLocation).collect(Collectors.toSet());
    }

    private static JsonObject tree(Map<String, Given> values) {
        var tree = new JsonObject();
        values.forEach((name, given) -> {
            int dot = name.indexOf('.');
            if (dot < 0) {
                tree.put(name, given.value());
            } else {
                var group = name.substring(0, dot);
                tree.put(
                        group, tree.getJsonObject(group, new JsonObject()).put(name.substring(dot + 1), given.value()));
            }
        });
        return tree;
    }
}
