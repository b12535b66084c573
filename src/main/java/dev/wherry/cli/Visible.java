package dev.wherry.cli;

/**
 * Text that somebody else chose, made fit for a terminal: control, bidirectional and other characters that are not seen
 * but act are written as {@code \}{@code u001b}, so that a name can move nobody's cursor and hide nothing. All output
 * of the commands goes through here.
 */
public final class Visible {
    private Visible() {}

    public static String text(String raw) {
        if (raw.codePoints().noneMatch(Visible::isUnseen)) {
            return raw;
        }
        var visible = new StringBuilder(raw.length() + 16);
        raw.codePoints().forEach(character -> {
            if (isUnseen(character)) {
                for (char unit : Character.toChars(character)) {
                    visible.append("\\u%04x".formatted((int) unit));
                }
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    /** The same for text of several lines that is our own but quotes others: its line ends stay. */
    static String lines(String raw) {
        return raw.indexOf('\n') < 0
                ? text(raw)
                : String.join("\n", raw.lines().map(Visible::text).toList());
    }

    private static boolean isUnseen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> true;
            // Joiners shape Persian and Hindi and hold emoji together; they move nothing.
            case Character.FORMAT -> character != 0x200C && character != 0x200D;
            default -> false;
        };
    }
}
