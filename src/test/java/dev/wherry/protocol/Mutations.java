package dev.wherry.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Takes a piece of a golden transcript and spoils it in a few places. */
final class Mutations {
    private static final int MOST_STEPS = 8;
    private static final int MOST_CHANGES = 5;
    private static final String[] DICTIONARY = {
        "\n",
        "\r\n",
        " ",
        "\"",
        "\\",
        "\\u0000",
        "\\ud83d",
        "=",
        "!",
        "0 ",
        "0 -\n",
        "1",
        "9999999",
        "-1",
        "UPLOAD ",
        "RESUME ",
        "upload /a size=1\n",
        "size=",
        "size=unknown",
        "if=any",
        "if=",
        "recursive=true",
        "all=true",
        "USER ",
        "ADD ",
        "/..",
        "/",
        ";",
        "\u0000",
        "\u0085",
        "é",
        "ſ",
        "token=",
        "\n\n",
        "TAIL\n",
        "true",
        "false"
    };

    private final RandomGenerator random;
    private final List<List<byte[]>> goldens;

    Mutations(RandomGenerator random) {
        this.random = random;
        this.goldens = Transcript.all().stream().map(Mutations::sends).toList();
    }

    byte[] next() {
        var bytes = piece();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private static List<byte[]> sends(Transcript transcript) {
        return transcript.steps().stream()
                .filter(Transcript.Step.Sends.class::isInstance)
                .map(step -> ((Transcript.Step.Sends) step).bytes())
                .toList();
    }

    private byte[] piece() {
        var golden = goldens.get(random.nextInt(goldens.size()));
        int first = random.nextInt(golden.size());
        int last = Math.min(golden.size(), first + 1 + random.nextInt(MOST_STEPS));
        var piece = new ByteArrayOutputStream();
        golden.subList(first, last).forEach(piece::writeBytes);
        return piece.toByteArray();
    }

    private byte[] change(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(12));
        return switch (random.nextInt(6)) {
            case 0 -> replaced(bytes, from, to, new byte[0]);
            case 1 -> replaced(bytes, from, from, word());
            case 2 -> replaced(bytes, from, to, word());
            case 3 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 4 -> replaced(bytes, from, Math.min(bytes.length, from + 1), new byte[] {(byte) random.nextInt()});
            default -> replaced(bytes, from, from, piece());
        };
    }

    private byte[] word() {
        return DICTIONARY[random.nextInt(DICTIONARY.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        var changed = new ByteArrayOutputStream(bytes.length + by.length);
        changed.write(bytes, 0, from);
        changed.writeBytes(by);
        changed.write(bytes, to, bytes.length - to);
        return changed.toByteArray();
    }
}
