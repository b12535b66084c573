package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a collector of metrics reads: the text format of OpenMetrics, as strictly as <a
 * href="https://prometheus.io/docs/specs/om/open_metrics_spec/">its specification</a> tells it.
 */
record Exposition(Map<String, String> types, List<Sample> samples) {
    private static final Pattern SAMPLE =
            Pattern.compile("(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)})? (?<value>[^ ]+)( [0-9.]+)?( # .*)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final Map<String, List<String>> SUFFIXES = Map.of(
            "counter", List.of("_total", "_created"),
            "gauge", List.of(""),
            "histogram", List.of("_bucket", "_count", "_sum", "_created"),
            "summary", List.of("", "_count", "_sum", "_created"),
            "info", List.of("_info"),
            "unknown", List.of(""));

    record Sample(String name, Map<String, String> labels, double value) {}

    static Exposition parse(String text) {
        var lines = text.lines().toList();
        assertThat(lines.getLast()).isEqualTo("# EOF");
        assertThat(text).endsWith("# EOF\n");
        var types = new TreeMap<String, String>();
        var samples = new ArrayList<Sample>();
        var family = "";
        for (var line : lines.subList(0, lines.size() - 1)) {
            var words = line.split(" ", 4);
            if (words[0].equals("#")) {
                assertThat(words[1]).as(line).isIn("TYPE", "HELP", "UNIT");
                if (words[1].equals("TYPE")) {
                    family = words[2];
                    assertThat(SUFFIXES).as(line).containsKey(words[3]);
                    assertThat(types.put(family, words[3]))
                            .as("told once: " + line)
                            .isNull();
                }
            } else {
                var sample = sample(line);
                var of = family;
                assertThat(SUFFIXES.getOrDefault(types.get(family), List.of()))
                        .as("it belongs to the family before it: %s", line)
                        .anyMatch(suffix -> sample.name().equals(of + suffix));
                samples.add(sample);
            }
        }
        return new Exposition(types, samples);
    }

    private static Sample sample(String line) {
        var match = SAMPLE.matcher(line);
        assertThat(match.matches()).as(line).isTrue();
        var labels = new TreeMap<String, String>();
        var rest = match.group("labels");
        if (rest != null) {
            var label = LABEL.matcher(rest);
            int end = 0;
            while (label.find() && label.start() == end) {
                assertThat(labels.put(label.group(1), label.group(2))).as(line).isNull();
                end = label.end();
            }
            assertThat(end).as("labels to the end: %s", line).isEqualTo(rest.length());
        }
        var value = match.group("value");
        return new Sample(
                match.group("name"),
                labels,
                value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
    }

    /** The sum of those that have these labels, names and values in turns. */
    double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Every histogram counts upwards, ends at infinity, and says the same there as its count. */
    void checkHistograms() {
        var last = new TreeMap<String, Sample>();
        for (var sample : samples) {
            if (sample.name().endsWith("_bucket")) {
                var of = new TreeMap<>(sample.labels());
                double bound = bound(of.remove("le"));
                var before = last.put(sample.name().replace("_bucket", "_count") + of, sample);
                if (before != null) {
                    assertThat(bound).isGreaterThan(bound(before.labels().get("le")));
                    assertThat(sample.value()).isGreaterThanOrEqualTo(before.value());
                }
            } else if (last.containsKey(sample.name() + sample.labels())) {
                var infinite = last.get(sample.name() + sample.labels());
                assertThat(infinite.labels()).containsEntry("le", "+Inf");
                assertThat(infinite.value()).as("%s", sample).isEqualTo(sample.value());
            }
        }
        assertThat(last).isNotEmpty();
    }

    private static double bound(String le) {
        return le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
    }
}
