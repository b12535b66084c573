package dev.wherry.path;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Names that must never get past the gate, each with the words of the rule that it breaks. */
public final class NastyNames {
    static final String EMPTY = "is empty";
    static final String DOTS = "\".\" and \"..\" are not names";
    static final String BACKSLASH = "a backslash";
    static final String CONTROL = "a control character";
    static final String FORMAT = "an invisible formatting character";
    static final String UNDEFINED = "a character that Unicode does not define";
    static final String HALF = "half of a character";
    static final String LONG_NAME = "longer than 200 bytes";
    static final String LONG_PATH = "longer than 4000 bytes";
    static final String DEEP = "deeper than 64 folders";

    private NastyNames() {}

    public record Nasty(String path, String rule) {
        @Override
        public String toString() {
            var shown = new StringBuilder();
            path.chars()
                    .limit(60)
                    .forEach(unit -> shown.append(
                            unit > ' ' && unit < 0x7F ? Character.toString(unit) : "\\u%04x".formatted(unit)));
            return rule + ": " + shown;
        }
    }

    public static List<Nasty> all() {
        var all = new ArrayList<Nasty>();
        shapes(all);
        characters(all);
        sizes(all);
        return all;
    }

    private static void shapes(List<Nasty> all) {
        add(all, EMPTY, "", "//", "///", "/a/", "a/", "a//b", "//a", "/a//", "/a/b//c", "/ /", "//../a");
        add(all, DOTS, ".", "..", "/.", "/..", "./a", "../a", "/../a", "/a/.", "/a/..", "/a/./b", "/a/../b");
        add(all, DOTS, "/a/b/../../../etc/passwd", "../../../../etc/shadow", "/./", "/../", "/a/../../b");
        add(
                all,
                BACKSLASH,
                "\\",
                "a\\b",
                "..\\..\\windows",
                "/a\\..\\b",
                "/\\\\host\\share",
                "/a/\\",
                "C:\\x",
                "/.\\a");
    }

    private static void characters(List<Nasty> all) {
        add(
                all,
                CONTROL,
                "\0",
                "a\0",
                "a\0.txt",
                "/a/\0/b",
                "/\n",
                "a\nb",
                "a\rb",
                "a\tb",
                "\u001b[31mred",
                "/\u001b]0;t\u0007");
        add(
                all,
                CONTROL,
                "a\u007f",
                "a\u0080",
                "a\u0085b",
                "\u009b31m",
                "a\u2028b",
                "a\u2029b",
                "/x\u0001",
                "/x/\u001f");
        add(
                all,
                FORMAT,
                "\u202egnp.exe",
                "a\u202ab",
                "a\u202bb",
                "a\u202cb",
                "a\u202db",
                "a\u2066b",
                "a\u2067b",
                "a\u2068b");
        add(all, FORMAT, "a\u2069b", "a\u200bb", "a\u200eb", "a\u200fb", "\ufeffa", "a\u00adb", "a\u2060b", "a\u2061b");
        add(
                all,
                FORMAT,
                "a\u061cb",
                "a\u180eb",
                "a\ufff9b",
                "a\ufffab",
                "a\ufffbb",
                "a\u2064b",
                "a\u206ab",
                "a\u206fb");
        add(all, FORMAT, point(0xE0001), point(0x1D173), point(0x110BD), point(0x13430), "\u0600", "\u06dd", "\u070f");
        add(
                all,
                UNDEFINED,
                "a\uffff",
                "a\ufffe",
                "a\ufdd0",
                "a\ufdef",
                point(0x1FFFE),
                point(0x1FFFF),
                point(0x10FFFF));
        add(all, UNDEFINED, "\u0378", "\u05ff", point(0x50000), point(0xE0000), point(0xE0080), point(0x10FFFE));
        add(all, HALF, "\ud800", "\udc00", "a\udbffb", "a\udfff", "\udc00\ud800", "/a/\ud83d", "\ude00x");
    }

    private static void sizes(List<Nasty> all) {
        add(
                all,
                LONG_NAME,
                "a".repeat(201),
                "/ok/" + "é".repeat(101),
                "€".repeat(67),
                point(0x1F600).repeat(51));
        add(all, LONG_NAME, "/" + "e\u0301".repeat(101), "/" + "a".repeat(250) + "/b", "/b/" + "\u0958".repeat(34));
        add(
                all,
                LONG_PATH,
                "/a".repeat(2001),
                ("/" + "a".repeat(199)).repeat(21),
                "/" + "€".repeat(1334),
                "x".repeat(100_000));
        add(all, DEEP, "/a".repeat(65), "a" + "/a".repeat(64), "/abc".repeat(100));
    }

    private static void add(List<Nasty> all, String rule, String... paths) {
        IntStream.range(0, paths.length).forEach(i -> all.add(new Nasty(paths[i], rule)));
    }

    private static String point(int character) {
        return Character.toString(character);
    }
}
