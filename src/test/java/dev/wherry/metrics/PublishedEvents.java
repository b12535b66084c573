package dev.wherry.metrics;

import dev.wherry.bus.Bus;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/**
 * Everything that was published while it listened, held against {@code events.schema.json}. A test of any package
 * listens from its beginning and asserts at its end; one without a bus checks single objects with {@link #mistake}.
 */
public final class PublishedEvents {
    private static final JsonObject SCHEMA = read();

    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final List<JsonObject> snapshots = new CopyOnWriteArrayList<>();

    private PublishedEvents() {}

    public static PublishedEvents on(Bus bus) {
        var heard = new PublishedEvents();
        bus.subscribe(Metrics.EVENTS, heard.events::add);
        bus.subscribe(Metrics.SNAPSHOTS, heard.snapshots::add);
        return heard;
    }

    public List<JsonObject> events() {
        return List.copyOf(events);
    }

    public List<JsonObject> events(String name) {
        return events.stream()
                .filter(event -> name.equals(event.getString("event")))
                .toList();
    }

    public List<JsonObject> snapshots() {
        return List.copyOf(snapshots);
    }

    /** Fails with every object that is not as the schema says, and what is wrong with it. */
    public void assertAllAsDescribed() {
        Assertions.assertThat(events.stream().flatMap(json -> mistake(json).stream()))
                .as("events unlike their description")
                .isEmpty();
        Assertions.assertThat(snapshots.stream().flatMap(json -> mistake(json).stream()))
                .as("snapshots unlike their description")
                .isEmpty();
    }

    /** What is wrong with an event, or with a snapshot (which has no {@code event}); empty when nothing is. */
    public static Optional<String> mistake(JsonObject json) {
        var name = json.getString("event", "snapshot");
        if (!SCHEMA.getJsonArray("anyOf").contains(reference(name))) {
            return Optional.of("an event that is not described: " + json.encode());
        }
        var schema = reference(name).put("$defs", SCHEMA.getJsonObject("$defs"));
        var result = Validator.create(JsonSchema.of(schema), options()).validate(json);
        return result.getValid()
                ? Optional.empty()
                : Optional.of(Objects.requireNonNullElse(result.getErrors(), List.<OutputUnit>of()).stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .collect(Collectors.joining("; ", "", " in " + json.encode())));
    }

    private static JsonObject reference(String name) {
        return new JsonObject().put("$ref", "#/$defs/" + name);
    }

    private static JsonSchemaOptions options() {
        return new JsonSchemaOptions()
                .setBaseUri("https://wherry.dev/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
    }

    private static JsonObject read() {
        try (var file = Objects.requireNonNull(Metrics.class.getResourceAsStream("/events.schema.json"))) {
            return new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
