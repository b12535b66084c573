package dev.wherry.storage.backend;

import dev.wherry.fault.Fault;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names one upload at every door: 128 random bits as 32 hexadecimal digits. Whoever knows it cannot guess another. */
public record UploadId(String value) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32}");

    public UploadId {
        if (!HEX.matcher(value).matches()) {
            throw Fault.NOT_FOUND.because("no such upload: its id is 32 hexadecimal digits");
        }
    }

    public static UploadId random() {
        var bits = new byte[16];
        RANDOM.nextBytes(bits);
        return new UploadId(HexFormat.of().formatHex(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
