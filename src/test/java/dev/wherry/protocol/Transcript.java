package dev.wherry.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A golden conversation, step by step; the README beside the files says how they are written. */
public record Transcript(String name, List<Step> steps) {
    private static final Path FOLDER = Path.of("src/test/resources/transcripts");

    /** One line of a transcript. Steps are played, never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    public sealed interface Step {
        record Sends(byte[] bytes) implements Step {}

        record Closes() implements Step {}

        /** What a decoder hears, as the file says it. */
        record Hears(String element) implements Step {}

        record Answers(String line) implements Step {}

        record AnswersContent(byte[] bytes) implements Step {}

        record AnswersAnyNumberOf(String word) implements Step {}

        record ServerCloses() implements Step {}
    }

    /** Every transcript there is, by name. */
    public static List<Transcript> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(Transcript::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the transcripts cannot be listed", e);
        }
    }

    private static Transcript of(Path file) {
        try {
            var steps = Files.readAllLines(file).stream()
                    .map(Transcript::step)
                    .flatMap(Optional::stream)
                    .toList();
            return new Transcript(String.valueOf(file.getFileName()), steps);
        } catch (IOException e) {
            throw new UncheckedIOException("a transcript cannot be read", e);
        }
    }

    /** All that the client sends, in one piece. */
    public byte[] sent() {
        var sent = new ByteArrayOutputStream();
        for (var step : steps) {
            if (step instanceof Step.Sends(var bytes)) {
                sent.writeBytes(bytes);
            }
        }
        return sent.toByteArray();
    }

    /** All that a decoder hears in that. */
    public List<String> heard() {
        return steps.stream()
                .filter(Step.Hears.class::isInstance)
                .map(step -> ((Step.Hears) step).element())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Optional<Step> step(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return Optional.empty();
        }
        var text = line.length() > 3 ? line.substring(3) : "";
        return Optional.of(
                switch (line.substring(0, 2)) {
                    case "C:" -> new Step.Sends((text + "\n").getBytes(StandardCharsets.UTF_8));
                    case "C=" -> new Step.Sends(unquoted(text));
                    case "C#" -> new Step.Sends(HexFormat.ofDelimiter(" ").parseHex(text));
                    case "C*" -> new Step.Sends(repeated(text));
                    case "C!" -> new Step.Closes();
                    case "D:" -> new Step.Hears(text);
                    case "S:" -> new Step.Answers(text);
                    case "S=" -> new Step.AnswersContent(unquoted(text));
                    case "S*" -> new Step.AnswersAnyNumberOf(text);
                    case "S!" -> new Step.ServerCloses();
                    default -> throw new IllegalArgumentException("a transcript has no such line: " + line);
                });
    }

    private static byte[] unquoted(String text) {
        return String.valueOf(Json.read("{\"text\":" + text + "}").get("text")).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] repeated(String text) {
        int space = text.indexOf(' ');
        int count = Integer.parseInt(text.substring(0, space));
        return HexFormat.of().parseHex(text.substring(space + 1).repeat(count));
    }
}
