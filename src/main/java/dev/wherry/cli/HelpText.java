package dev.wherry.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Help whose lines end between words. Picocli breaks them wherever a text in prose may be broken, such as behind the
 * dot of {@code *.tmp}; so while it does, every sign stands as a letter of a script that no command is described in.
 */
final class HelpText extends CommandLine.Help {
    private static final char FIRST_SIGN = '!';
    private static final char LAST_SIGN = '~';
    private static final char DOTS = '…';

    /** Cherokee, which has a letter for each printed character of ASCII that is none itself. */
    private static final char FIRST_LETTER = '\u13A0';

    /** Syllabics. */
    private static final char LETTER_FOR_DOTS = '\u1401';

    /** How far an example goes on to the right that needs more than a line. */
    private static final String INDENT = "      ";

    private static final Pattern WHERRY = Pattern.compile("(?<![\\p{L}/.-])wherry (?=[a-z])");

    /** @param program as which examples call it */
    HelpText(CommandSpec spec, ColorScheme colours, String program) {
        super(spec, colours);
        var usage = spec.usageMessage();
        usage.description(joined(usage.description()));
        usage.footer(joined(Arrays.stream(usage.footer())
                .map(line -> WHERRY.matcher(line).replaceAll(Matcher.quoteReplacement(program) + " "))
                .flatMap(line -> broken(line, usage.width()))
                .toArray(String[]::new)));
    }

    /** An example goes on in the next line as a shell would have it; prose is left to the library. */
    private static Stream<String> broken(String example, int width) {
        boolean isExample = example.startsWith("  ") || example.startsWith("Example:");
        int end = example.lastIndexOf(' ', width - 3);
        return !isExample || example.length() < width || end <= INDENT.length()
                ? Stream.of(example)
                : Stream.concat(
                        Stream.of(example.substring(0, end) + " \\"),
                        broken(INDENT + example.substring(end + 1), width));
    }

    /** What is printed has its signs again. */
    static void render(CommandLine line) {
        var sections = new LinkedHashMap<>(line.getHelpSectionMap());
        sections.replaceAll((key, renderer) -> help -> parted(renderer.render(help)));
        line.setHelpSectionMap(sections);
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        var usual = super.createDefaultOptionRenderer();
        return (option, label, colours) -> joined(usual.render(option, label, colours));
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
        var usual = super.createDefaultParameterRenderer();
        return (parameter, label, colours) -> joined(usual.render(parameter, label, colours));
    }

    /** Rows, in which what is described stands last, and has no colours. */
    private Text[][] joined(Text[][] rows) {
        for (var row : rows) {
            row[row.length - 1] = colorScheme().text(joined(row[row.length - 1].plainString()));
        }
        return rows;
    }

    private static String[] joined(String[] lines) {
        return Arrays.stream(lines).map(HelpText::joined).toArray(String[]::new);
    }

    private static String joined(String text) {
        var joined = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            // What begins with a percent sign is still to be formatted.
            if (sign == DOTS) {
                joined.setCharAt(i, LETTER_FOR_DOTS);
            } else if (sign >= FIRST_SIGN && sign <= LAST_SIGN && sign != '%' && !Character.isLetterOrDigit(sign)) {
                joined.setCharAt(i, (char) (FIRST_LETTER + sign - FIRST_SIGN));
            }
        }
        return joined.toString();
    }

    private static String parted(String text) {
        var parted = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == LETTER_FOR_DOTS) {
                parted.setCharAt(i, DOTS);
            } else if (letter >= FIRST_LETTER && letter <= FIRST_LETTER + LAST_SIGN - FIRST_SIGN) {
                parted.setCharAt(i, (char) (letter - FIRST_LETTER + FIRST_SIGN));
            }
        }
        return parted.toString();
    }
}
