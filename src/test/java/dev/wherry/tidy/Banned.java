package dev.wherry.tidy;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Calls that compile, look right and are not, each with what to write instead and the places where it is argued.
 *
 * @param name of the rule, for its control
 * @param matches finds it in the syntax
 * @param instead what to write
 * @param inTestsToo whether tests may not do it either
 * @param except files of the main sources, or folders (ending with a slash), that may
 */
public record Banned(String name, Predicate<Tree> matches, String instead, boolean inTestsToo, List<String> except)
        implements Rule {

    public static List<Banned> all() {
        return List.of(
                new Banned(
                        "executeBlocking",
                        node -> isCall(node, "executeBlocking", 1),
                        "executeBlocking(callable, false) on a named pool: with one argument it runs in single file",
                        true,
                        List.of()),
                new Banned(
                        "sleep",
                        node -> isSelect(node, "Thread", "sleep"),
                        "a wait for what it waits for: a timer, a latch, Awaitility in tests",
                        true,
                        List.of()),
                new Banned(
                        "print",
                        node -> isSelect(node, "System", "out") || isSelect(node, "System", "err"),
                        "a logger; only the command line and the server's console write to the terminal",
                        false,
                        List.of("cli/", "Main.java", "Serve.java", "server/", "metrics/LogAppender.java")),
                new Banned(
                        "printStackTrace",
                        node -> isCall(node, "printStackTrace", 0),
                        "a logger, with the exception as its last argument",
                        true,
                        List.of()),
                new Banned(
                        "ATOMIC_MOVE",
                        node -> isNamed(node, "ATOMIC_MOVE"),
                        "renameat2 with RENAME_NOREPLACE for served files: this replaces what is there without a word",
                        false,
                        List.of(
                                "server/WholeFile.java",
                                "server/Certificates.java",
                                "database/Migrations.java",
                                "client/",
                                "cli/")),
                new Banned(
                        "await",
                        node -> isCall(node, "await", 0),
                        "compose: await() is for ordinary threads that have nothing else to do",
                        false,
                        List.of("Main.java", "Serve.java", "cli/", "client/")),
                new Banned(
                        "pipeTo",
                        node -> isCall(node, "pipeTo", 1),
                        "pipe().endOnFailure(false).to(…): this ends the destination when the source fails",
                        true,
                        List.of()),
                new Banned(
                        "sendFile",
                        node -> node instanceof MemberSelectTree select
                                && select.getIdentifier().contentEquals("sendFile"),
                        "a Download: over TLS this is slow, and it bypasses the backend",
                        true,
                        List.of()),
                new Banned(
                        "path from text",
                        Banned::isPathFromText,
                        "VirtualPath.child, or Path.resolve for each segment: text with a slash in it escapes",
                        false,
                        List.of()));
    }

    @Override
    public Stream<String> violations(Source source) {
        if ((!source.isMain() && !inTestsToo) || source.isAnyOf(except)) {
            return Stream.empty();
        }
        var violations = new ArrayList<String>();
        new TreeScanner<Void, List<String>>() {
            @Override
            @SuppressWarnings("NullAway") // a scanner is handed null for a child that is not there
            public Void scan(Tree node, List<String> found) {
                if (node != null && matches.test(node)) {
                    found.add(source.path() + ":" + source.line(node) + " uses " + name + "; write " + instead);
                }
                return super.scan(node, found);
            }
        }.scan(source.tree(), violations);
        return violations.stream();
    }

    private static boolean isCall(Tree node, String method, int arguments) {
        return node instanceof MethodInvocationTree call
                && call.getArguments().size() == arguments
                && call.getMethodSelect() instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals(method);
    }

    private static boolean isSelect(Tree node, String owner, String member) {
        return node instanceof MemberSelectTree select
                && select.getIdentifier().contentEquals(member)
                && select.getExpression() instanceof IdentifierTree left
                && left.getName().contentEquals(owner);
    }

    private static boolean isNamed(Tree node, String name) {
        return switch (node) {
            case IdentifierTree identifier -> identifier.getName().contentEquals(name);
            case MemberSelectTree select -> select.getIdentifier().contentEquals(name);
            default -> false;
        };
    }

    /** A call that makes a path, given text put together with a slash. */
    private static boolean isPathFromText(Tree node) {
        return node instanceof MethodInvocationTree call
                && call.getMethodSelect() instanceof MemberSelectTree select
                && makesPath(select)
                && call.getArguments().stream().anyMatch(Banned::joinsWithSlash);
    }

    private static boolean makesPath(MemberSelectTree select) {
        var method = select.getIdentifier().toString();
        var owner = select.getExpression().toString();
        return switch (method) {
            case "resolve", "resolveSibling" -> true;
            case "of", "get", "parse" -> owner.equals("Path") || owner.equals("Paths") || owner.equals("VirtualPath");
            default -> false;
        };
    }

    private static boolean joinsWithSlash(ExpressionTree argument) {
        return switch (argument) {
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS -> hasSlash(sum.getLeftOperand()) || hasSlash(sum.getRightOperand());
            case ParenthesizedTree inner -> joinsWithSlash(inner.getExpression());
            default -> false;
        };
    }

    private static boolean hasSlash(ExpressionTree operand) {
        return (operand instanceof LiteralTree literal
                        && literal.getValue() instanceof String text
                        && text.contains("/"))
                || joinsWithSlash(operand);
    }
}
