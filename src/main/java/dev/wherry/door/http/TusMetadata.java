package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tus client says about the file that it will send: {@code Upload-Metadata}, names with values in base64.
 *
 * @param values by name, decoded
 */
record TusMetadata(Map<String, String> values) {
    static TusMetadata parse(String header) {
        var values = new LinkedHashMap<String, String>();
        for (var pair : List.of(header.split(",", -1))) {
            var text = pair.strip();
            if (!text.isEmpty()) {
                int space = text.indexOf(' ');
                var name = space < 0 ? text : text.substring(0, space);
                values.put(
                        name,
                        space < 0 ? "" : decode(name, text.substring(space + 1).strip()));
            }
        }
        return new TusMetadata(values);
    }

    private static String decode(String name, String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException none) {
            throw wrong(name, "its value is not base64");
        } catch (CharacterCodingException none) {
            throw wrong(name, "its value is not UTF-8 in base64");
        }
    }

    private static FaultException wrong(String name, String why) {
        return Fault.MALFORMED
                .because("Upload-Metadata, \"" + name + "\": " + why)
                .with("name", name);
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }

    private String filename() {
        return value("filename").orElseThrow(() -> wrong("filename", "it is missing; the upload needs a name"));
    }

    /** Where the file is to lie: in the folder, under its name, or under a path below the folder. */
    VirtualPath path() {
        var folder = value("folder").map(VirtualPath::parse).orElse(VirtualPath.ROOT);
        var relative = relative();
        if (relative.isEmpty()) {
            return folder.child(filename());
        }
        var path = folder;
        for (var name : List.of(relative.get().split("/", -1))) {
            path = path.child(name);
        }
        return path;
    }

    /** Clients that send single files say {@code null} for it, as text. */
    private Optional<String> relative() {
        return value("relativePath").filter(text -> !text.equals("null")).map(text -> {
            filename();
            return text.startsWith("/") ? text.substring(1) : text;
        });
    }

    /** Whether folders that are missing are made. */
    boolean parents() {
        return relative().isPresent();
    }

    Precondition expected() {
        var match = value("ifMatch");
        if (match.isPresent()) {
            return new Precondition.Version(new Etag(match.get().replace("\"", "")));
        }
        return value("overwrite").filter("true"::equals).isPresent()
                ? new Precondition.Any()
                : new Precondition.Absent();
    }

    /** When the source was last changed: a time, or the milliseconds that JavaScript says it in. */
    Optional<Instant> modified() {
        return value("modified")
                .map(text -> text.matches("-?[0-9]{1,15}")
                        ? Instant.ofEpochMilli(Long.parseLong(text))
                        : Asked.time("modified", text));
    }

    Optional<String> source() {
        return value("source").or(() -> value("filename"));
    }
}
