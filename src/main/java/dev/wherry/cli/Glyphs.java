package dev.wherry.cli;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;

/**
 * What a view is drawn with; the shapes differ without colours, too.
 *
 * @param durable of a bar what would survive a power cut, {@code received} what has arrived beyond it
 * @param trend from nothing to the most
 */
record Glyphs(String up, String down, String durable, String received, String rest, String trend, String more) {
    private static final Glyphs LINES = new Glyphs("↑", "↓", "━", "╍", "─", "▁▂▃▄▅▆▇█", "…");
    private static final Glyphs ASCII = new Glyphs("^", "v", "=", "~", "-", "_.,:-=*#", "...");

    /** Lines where the terminal can show them. */
    static Glyphs of(Charset charset, Map<String, String> environment) {
        boolean oldConsole = environment.getOrDefault("TERM", "").equals("linux");
        return charset.name().toUpperCase(Locale.ROOT).startsWith("UTF") && !oldConsole ? LINES : ASCII;
    }

    /** How far something is, in two parts. */
    Bar bar(long durableBytes, long bytes, long size, int width) {
        int arrived = part(bytes, size, width);
        int kept = Math.min(arrived, part(durableBytes, size, width));
        return new Bar(durable.repeat(kept), received.repeat(arrived - kept), rest.repeat(width - arrived));
    }

    /** Something is never nothing. */
    private static int part(long bytes, long size, int width) {
        int part = size <= 0 ? width : (int) Math.clamp((double) bytes / size * width, 0, width);
        return bytes > 0 ? Math.max(1, part) : part;
    }

    /** @param most what the highest glyph stands for */
    String trend(double[] values, double most) {
        var line = new StringBuilder();
        for (double value : values) {
            int step = value <= 0 || most <= 0 ? 0 : (int) Math.ceil(value / most * (trend.length() - 1));
            line.append(trend.charAt(Math.clamp(step, 0, trend.length() - 1)));
        }
        return line.toString();
    }

    record Bar(String durable, String received, String rest) {}
}
