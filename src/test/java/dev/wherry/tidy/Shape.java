package dev.wherry.tidy;

import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rules about how long things are, and what they are called. */
public final class Shape {
    private static final int FILE = 400;
    private static final int VERTICLE = 150;
    private static final int METHOD = 70;
    private static final int LINE = 120;

    /** Put together here, so that this file does not break the rule itself. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b");

    private static final Pattern SAYS_NOTHING = Pattern.compile(
            "(?i).*/(util|utils|common|helper|helpers|misc)/.*" + "|.*(Util|Utils|Common|Helper|Helpers|Misc)\\.java");

    private Shape() {}

    public static Stream<String> files(Source source) {
        int length = source.lines().size();
        return length <= FILE
                ? Stream.empty()
                : Stream.of(
                        source.path() + " has " + length + " lines, more than " + FILE + ": which part stands alone?");
    }

    public static Stream<String> verticles(Source source) {
        int length = source.lines().size();
        return length <= VERTICLE || !source.isMain() || !source.fileName().endsWith("Verticle.java")
                ? Stream.empty()
                : Stream.of(
                        source.path() + " has " + length + " lines, more than " + VERTICLE + ": a verticle only wires");
    }

    public static Stream<String> lines(Source source) {
        return IntStream.range(0, source.lines().size())
                .filter(i -> source.lines()
                                .get(i)
                                .codePointCount(0, source.lines().get(i).length())
                        > LINE)
                .mapToObj(i -> source.path() + ":" + (i + 1) + " is longer than " + LINE + " characters");
    }

    public static Stream<String> unfinished(Source source) {
        return IntStream.range(0, source.lines().size())
                .filter(i -> UNFINISHED.matcher(source.lines().get(i)).find())
                .mapToObj(i -> source.path() + ":" + (i + 1) + " leaves something unfinished: do it, or open an issue");
    }

    public static Stream<String> names(Source source) {
        return SAYS_NOTHING.matcher(source.path()).matches()
                ? Stream.of(source.path() + " has a name that says nothing: call it after what it is")
                : Stream.empty();
    }

    public static Stream<String> methods(Source source) {
        var violations = new ArrayList<String>();
        new TreeScanner<Void, List<String>>() {
            @Override
            public Void visitMethod(MethodTree method, List<String> found) {
                long length = source.lastLine(method) - source.line(method) + 1;
                if (length > METHOD) {
                    found.add(source.path() + ":" + source.line(method) + " " + method.getName() + " has " + length
                            + " lines, more than " + METHOD + ": name its steps");
                }
                return super.visitMethod(method, found);
            }
        }.scan(source.tree(), violations);
        return violations.stream();
    }

    public static List<Rule> all() {
        return List.of(Shape::files, Shape::verticles, Shape::lines, Shape::unfinished, Shape::names, Shape::methods);
    }
}
