package dev.wherry.storage.backend.disk;

import dev.wherry.path.Etag;
import dev.wherry.path.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is recorded with a file, in its attribute {@code user.wherry}: the version and digest of its bytes, and the size
 * and time of modification that it had then. It speaks of the file only while those two still agree.
 *
 * <p>As text: {@code 1 VERSION SHA256 SIZE SECONDS.NANOSECONDS}, the first word being the version of the format.
 */
record VersionAttribute(Etag version, Sha256 sha256, long size, Instant modified) {
    static final int MOST_BYTES = 256;

    private static final Pattern TEXT =
            Pattern.compile("1 ([A-Za-z0-9_-]{1,64}) ([0-9a-f]{64}) (\\d{1,18}) (-?\\d{1,18})\\.(\\d{9})");

    static Optional<VersionAttribute> parse(byte[] bytes) {
        var text = TEXT.matcher(new String(bytes, StandardCharsets.US_ASCII));
        if (!text.matches()) {
            return Optional.empty();
        }
        long seconds = Long.parseLong(text.group(4));
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            return Optional.empty();
        }
        return Optional.of(new VersionAttribute(
                new Etag(text.group(1)),
                new Sha256(text.group(2)),
                Long.parseLong(text.group(3)),
                Instant.ofEpochSecond(seconds, Integer.parseInt(text.group(5)))));
    }

    byte[] bytes() {
        return "1 %s %s %d %d.%09d"
                .formatted(version, sha256, size, modified.getEpochSecond(), modified.getNano())
                .getBytes(StandardCharsets.US_ASCII);
    }

    boolean agreesWith(Stat stat) {
        return stat.size() == size && stat.modified().equals(modified);
    }
}
