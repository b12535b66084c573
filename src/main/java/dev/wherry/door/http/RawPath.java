package dev.wherry.door.http;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * From the path of a request, as it came, to a name in the tree. Each segment is decoded once (RFC 3986), so that what
 * was an encoded slash is never taken for one.
 */
final class RawPath {
    private RawPath() {}

    /** @param prefix what the route's path begins with; its last character is a slash */
    static VirtualPath parse(String raw, String prefix) {
        if (!raw.startsWith(prefix)) {
            throw bad(raw, "write it without dots and doubled slashes");
        }
        var rest = raw.substring(prefix.length());
        if (rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        if (rest.isEmpty()) {
            return VirtualPath.ROOT;
        }
        var path = VirtualPath.ROOT;
        for (var segment : List.of(rest.split("/", -1))) {
            path = path.child(decode(segment, raw));
        }
        return path;
    }

    private static String decode(String segment, String raw) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        var bytes = segment.getBytes(StandardCharsets.UTF_8);
        var decoded = ByteBuffer.allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw bad(raw, "\"%\" is followed by two hexadecimal digits");
                }
                decoded.put((byte) (high << 4 | low));
                i += 2;
            } else {
                decoded.put(bytes[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException none) {
            throw bad(raw, "it is not UTF-8");
        }
    }

    private static FaultException bad(String raw, String rule) {
        return Fault.BAD_NAME
                .because("this path cannot be used: " + rule)
                .with("name", raw)
                .with("rule", rule);
    }
}
