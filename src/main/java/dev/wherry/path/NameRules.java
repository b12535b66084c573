package dev.wherry.path;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What one name may be. Each rule answers with its own words, so that a refusal can say which it was. */
final class NameRules {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int FIRST_EMOJI_TAG = 0xE0020;
    private static final int LAST_EMOJI_TAG = 0xE007F;

    private static final String WINDOWS_CHARACTERS = "<>:\"|?*";
    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
            "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
            "lpt¹", "lpt²", "lpt³", "conin$", "conout$");

    private NameRules() {}

    /** The rule that this name breaks, if any. */
    static Optional<String> broken(String name) {
        if (name.isEmpty()) {
            return Optional.of("a name in it is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("\".\" and \"..\" are not names");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > VirtualPath.MAX_SEGMENT_BYTES) {
            return Optional.of("a name in it is longer than " + VirtualPath.MAX_SEGMENT_BYTES + " bytes");
        }
        return name.codePoints()
                .filter(NameRules::isForbidden)
                .mapToObj(NameRules::forbidden)
                .findFirst();
    }

    static boolean isForbidden(int character) {
        if (character == '\\') {
            return true;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.SURROGATE -> true;
            case Character.FORMAT -> !isAllowedFormat(character);
            default -> false;
        };
    }

    /** Joiners are spelling in Persian and Hindi, and glue in emoji; tags make the flags of regions. */
    private static boolean isAllowedFormat(int character) {
        return character == ZERO_WIDTH_NON_JOINER
                || character == ZERO_WIDTH_JOINER
                || (character >= FIRST_EMOJI_TAG && character <= LAST_EMOJI_TAG);
    }

    private static String forbidden(int character) {
        if (character == '\\') {
            return "it holds a backslash";
        }
        var kind = switch (Character.getType(character)) {
            case Character.FORMAT -> "an invisible formatting character";
            case Character.UNASSIGNED -> "a character that Unicode does not define";
            case Character.SURROGATE -> "half of a character";
            default -> "a control character";
        };
        return "it holds %s (U+%04X)".formatted(kind, character);
    }

    /** The rule of Windows that this name breaks, if any. */
    static Optional<String> unportable(String name) {
        if (name.endsWith(".") || name.endsWith(" ")) {
            return Optional.of("a name in it ends in a dot or a space");
        }
        int dot = name.indexOf('.');
        var stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toLowerCase(Locale.ROOT);
        if (WINDOWS_DEVICES.contains(stem)) {
            return Optional.of("\"" + stem + "\" is the name of a device on Windows");
        }
        return name.codePoints()
                .filter(character -> WINDOWS_CHARACTERS.indexOf(character) >= 0)
                .mapToObj(character -> "it holds " + Character.toString(character) + ", which Windows cannot hold")
                .findFirst();
    }
}
