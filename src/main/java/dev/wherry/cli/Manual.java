package dev.wherry.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Manual pages for {@code man}, one for each command, made from what the commands say of themselves. */
final class Manual {
    private Manual() {}

    /** The pages of a command and all below it, by file name. */
    static Map<String, String> pages(CommandLine line, String version) {
        var pages = new TreeMap<String, String>();
        add(line, version, pages);
        return pages;
    }

    private static void add(CommandLine line, String version, Map<String, String> pages) {
        pages.put(name(line.getCommandSpec()) + ".1", page(line, version));
        line.getSubcommands().values().stream().distinct().forEach(sub -> add(sub, version, pages));
    }

    private static String name(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private static String page(CommandLine line, String version) {
        var spec = line.getCommandSpec();
        var page = new StringBuilder();
        page.append(".TH ")
                .append(quoted(name(spec).toUpperCase(Locale.ROOT)))
                .append(" 1 \"\" ")
                .append(quoted("wherry " + version))
                .append(" \"Wherry\"\n");
        var description = spec.usageMessage().description();
        page.append(".SH NAME\n")
                .append(text(name(spec)))
                .append(" \\- ")
                .append(text(firstLine(description)))
                .append('\n');
        page.append(".SH SYNOPSIS\n").append(synopsis(spec));
        page.append(".SH DESCRIPTION\n").append(paragraphs(description));
        var named = spec.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
        if (!named.isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            named.forEach(parameter ->
                    page.append(item("\\fI" + text(parameter.paramLabel()) + "\\fR", described(parameter))));
        }
        page.append(".SH OPTIONS\n");
        spec.options().stream()
                .filter(option -> !option.hidden())
                .forEach(option -> page.append(item(names(option), String.join(" ", option.description()))));
        var subcommands = line.getSubcommands().values().stream().distinct().toList();
        if (!subcommands.isEmpty()) {
            page.append(".SH COMMANDS\n");
            subcommands.forEach(sub -> page.append(item(
                    "\\fB" + text(sub.getCommandName()) + "\\fR",
                    firstLine(sub.getCommandSpec().usageMessage().description()))));
        }
        page.append(verbatim(spec.usageMessage().footer()));
        page.append(seeAlso(spec));
        return page.toString();
    }

    private static String described(PositionalParamSpec parameter) {
        return String.join(" ", parameter.description());
    }

    private static String synopsis(CommandSpec spec) {
        var text = new StringBuilder(".B ").append(text(spec.qualifiedName())).append('\n');
        if (!spec.options().isEmpty()) {
            text.append("[\\fIOPTIONS\\fR]\n");
        }
        for (var parameter : spec.positionalParameters()) {
            var label = "\\fI" + text(parameter.paramLabel()) + "\\fR"
                    + (parameter.isMultiValue() && !parameter.hideParamSyntax() ? "..." : "");
            text.append(parameter.arity().min() == 0 ? "[" + label + "]" : label)
                    .append('\n');
        }
        if (!spec.subcommands().isEmpty()) {
            text.append("\\fICOMMAND\\fR\n");
        }
        return text.toString();
    }

    private static String names(OptionSpec option) {
        var names = List.of(option.names()).stream()
                .map(name -> "\\fB" + text(name) + "\\fR")
                .toList();
        return String.join(", ", names)
                + (option.arity().max() > 0 ? "=\\fI" + text(option.paramLabel()) + "\\fR" : "");
    }

    private static String item(String term, String description) {
        return ".TP\n" + term + "\n" + lines(description);
    }

    private static String paragraphs(String[] description) {
        var text = new StringBuilder();
        for (var line : description) {
            text.append(line.isBlank() ? ".PP\n" : lines(line));
        }
        return text.toString();
    }

    /** Examples and tables, as they stand. */
    private static String verbatim(String[] footer) {
        var text = new StringBuilder();
        for (var line : footer) {
            text.append(lines(line.isEmpty() ? " " : line));
        }
        return text.isEmpty() ? "" : ".SH NOTES\n.nf\n" + text + ".fi\n";
    }

    private static String seeAlso(CommandSpec spec) {
        var parent = spec.parent();
        return parent == null
                ? ".SH SEE ALSO\nsftp(1), sha256sum(1)\n"
                : ".SH SEE ALSO\n" + text(name(parent)) + "(1)\n";
    }

    /** What stands up to the end of the first sentence. */
    static String firstLine(String[] description) {
        var first = description.length == 0 ? "" : plain(description[0]);
        int end = first.indexOf(". ");
        return end < 0 ? first.replaceAll("\\.$", "") : first.substring(0, end);
    }

    /** Without what picocli reads as a variable or a format. */
    private static String plain(String description) {
        return description.replace("$$", "$").replace("%n", " ").replace("%%", "%");
    }

    private static String lines(String text) {
        return text(text) + "\n";
    }

    /** A backslash is an escape in roff, a hyphen is not a minus sign, and a dot at the start is a request. */
    private static String text(String raw) {
        var escaped = plain(raw).replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
