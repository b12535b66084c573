package dev.wherry.path;

import dev.wherry.fault.Fault;
import java.util.regex.Pattern;

/**
 * The version of a file: two reads under one etag gave the same bytes. Opaque to everyone but the backend that made it;
 * a bare word of at most 64 letters, digits, {@code -} and {@code _} (HTTP adds its quotes).
 */
public record Etag(String value) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public Etag {
        if (!WORD.matcher(value).matches()) {
            throw Fault.MALFORMED.because(
                    "an etag is a word of at most 64 letters, digits, \"-\" and \"_\", as STAT and LIST give it");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
