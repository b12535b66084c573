package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import dev.wherry.storage.backend.Entry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What HTTP says about a file in headers, and what it asks with them. */
final class FileHeaders {
    static final String REPR_DIGEST = "Repr-Digest";
    private static final Pattern SHA256_ITEM = Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]+):");
    /** RFC 9110, 5.6.7: always GMT, two digits for the day. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private FileHeaders() {}

    /** What belongs to this version, whatever of it is sent. */
    static void version(MultiMap headers, Entry entry) {
        entry.etag().ifPresent(etag -> headers.set(HttpHeaders.ETAG, quoted(etag)));
        headers.set(HttpHeaders.LAST_MODIFIED, DATE.format(entry.modified()));
        headers.set(HttpHeaders.ACCEPT_RANGES, "bytes");
        entry.sha256().ifPresent(sha256 -> headers.set(REPR_DIGEST, digest(sha256)));
    }

    /** Nothing that lies here can run anything, whoever put it here, and whatever it is. */
    static void harmless(MultiMap headers, String name, boolean asAttachment) {
        var type = MediaType.of(name);
        boolean attachment = asAttachment || !type.isInline();
        headers.set(HttpHeaders.CONTENT_TYPE, type.value());
        headers.set("X-Content-Type-Options", "nosniff");
        // A browser's PDF viewer refuses to work in a sandbox.
        headers.set(
                "Content-Security-Policy",
                type.equals(MediaType.PDF) && !attachment
                        ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
                        : "sandbox; default-src 'none'");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        headers.set("Content-Disposition", disposition(attachment ? "attachment" : "inline", name));
    }

    /** RFC 6266 with RFC 8187: a plain name for old clients, the true one beside it. */
    static String disposition(String kind, String name) {
        var plain = name.codePoints()
                .map(c -> c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '%' ? '_' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var exact = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return kind + "; filename=\"" + plain + "\"; filename*=UTF-8''" + exact;
    }

    /** A time as HTTP writes it. */
    static String date(Instant time) {
        return DATE.format(time);
    }

    static String quoted(Etag etag) {
        return "\"" + etag + "\"";
    }

    /** A structured field of bytes (RFC 9530). */
    static String digest(Sha256 sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256.hex())) + ":";
    }

    /** The SHA-256 that a sender promises; empty where it promises none, or only others. */
    static Optional<Sha256> promised(MultiMap headers) {
        var match = SHA256_ITEM.matcher(String.join(",", headers.getAll(REPR_DIGEST)));
        if (!match.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Sha256(HexFormat.of().formatHex(Base64.getDecoder().decode(match.group(1)))));
        } catch (RuntimeException none) {
            throw Fault.MALFORMED.because("Repr-Digest holds no SHA-256; write sha-256=:BASE64:", none);
        }
    }

    /** Whether a list of etags such as {@code "a", "b"} or {@code *} names this version. */
    static boolean names(String list, Entry entry, boolean weakly) {
        if (list.strip().equals("*")) {
            return true;
        }
        var own = entry.etag().map(FileHeaders::quoted).orElse("");
        return List.of(list.split(",", -1)).stream()
                .map(String::strip)
                .map(tag -> weakly && tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(own::equals);
    }

    /** A time of this form; empty for another, which then counts as not said. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(DATE.parse(text.strip(), Instant::from));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** Whether the version is just the one of this time, as {@code If-Range} asks (RFC 9110, 13.1.5). */
    static boolean isOf(Entry entry, Instant time) {
        return entry.modified().truncatedTo(ChronoUnit.SECONDS).equals(time);
    }

    /** Whether the file is as it was then: HTTP's times have no fractions. */
    static boolean isUnchangedSince(Entry entry, Instant time) {
        return !entry.modified().truncatedTo(ChronoUnit.SECONDS).isAfter(time);
    }
}
