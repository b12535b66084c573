package dev.wherry.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
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

    HelpText(CommandSpec spec, ColorScheme colours) {
        super(spec, colours);
        var usage = spec.usageMessage();
        usage.description(joined(usage.description()));
        usage.footer(joined(usage.footer()));
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
