package dev.wherry.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106), kept as PHC strings such as {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}: a hash carries its
 * parameters, so that they can grow. Each takes its whole memory and about a tenth of a second of a processor.
 */
final class Argon2 {
    /** The least that OWASP's cheat sheet on storing passwords recommends. */
    static final Cost USUAL = new Cost(19 * 1024, 2, 1);

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private final Cost cost;
    /** How many were computed: tests compare this between known and unknown users. */
    private final AtomicLong computed = new AtomicLong();

    Argon2(Cost cost) {
        this.cost = cost;
    }

    long computed() {
        return computed.get();
    }

    String hash(String password) {
        var salt = Secrets.bytes(SALT_BYTES);
        return phc(salt, compute(cost, salt, HASH_BYTES, password));
    }

    /** A hash of no password, as costly to compare with as any: for users that do not exist. */
    String ofNobody() {
        return phc(Secrets.bytes(SALT_BYTES), Secrets.bytes(HASH_BYTES));
    }

    boolean matches(String stored, String password) {
        var parts = PHC.matcher(stored);
        if (!parts.matches()) {
            throw new IllegalStateException("a stored password is not in the form of Argon2id");
        }
        var salt = Base64.getDecoder().decode(parts.group(4));
        var hash = Base64.getDecoder().decode(parts.group(5));
        return MessageDigest.isEqual(
                hash, compute(cost(parts.group(1), parts.group(2), parts.group(3)), salt, hash.length, password));
    }

    /** Whether a stored hash was made with other parameters than are in use now. */
    boolean isOutdated(String stored) {
        return !stored.startsWith(prefix());
    }

    private static Cost cost(String memory, String iterations, String lanes) {
        return new Cost(Integer.parseInt(memory), Integer.parseInt(iterations), Integer.parseInt(lanes));
    }

    private byte[] compute(Cost cost, byte[] salt, int length, String password) {
        computed.incrementAndGet();
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        var hash = new byte[length];
        generator.generateBytes(normal(password).getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }

    /** The same password typed on another keyboard may be composed otherwise. */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private String phc(byte[] salt, byte[] hash) {
        return prefix() + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(hash);
    }

    private String prefix() {
        return "$argon2id$v=19$m=" + cost.memoryKib() + ",t=" + cost.iterations() + ",p=" + cost.lanes() + "$";
    }

    record Cost(int memoryKib, int iterations, int lanes) {}
}
