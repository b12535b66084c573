package dev.wherry.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Scripts with which shells complete commands, options and local file names, made from the commands themselves. */
final class Completion {
    private Completion() {}

    /** @param line with all subcommands */
    static String forShell(String shell, CommandLine line) {
        return switch (shell) {
            case "bash" -> bash(line);
            case "zsh" -> zsh(line);
            case "fish" -> fish(line);
            default -> throw new UsageException("no completion for \"" + shell + "\": there is bash, zsh and fish");
        };
    }

    /** The generator's own has each command forbid bash to complete the names of files where nothing else fits. */
    private static String bash(CommandLine line) {
        return AutoComplete.bash("wherry", line).replaceAll("(?m)^.*compopt \\+o default\n", "");
    }

    private static String zsh(CommandLine line) {
        return """
                #compdef wherry
                # Completion of wherry for zsh, made from its commands.

                %s
                if [ "$funcstack[1]" = "_wherry" ]; then
                    _wherry "$@"
                else
                    compdef _wherry wherry
                fi
                """.formatted(zshFunctions("_wherry", line));
    }

    /** A function for a command with subcommands, and one for each of these. */
    private static String zshFunctions(String function, CommandLine line) {
        var cases = new StringBuilder();
        var commands = new StringBuilder();
        var others = new StringBuilder();
        for (var sub : commands(line)) {
            var spec = sub.getCommandSpec();
            commands.append("        ")
                    .append(single(spec.name() + ":" + summary(spec)))
                    .append('\n');
            cases.append("        ")
                    .append(String.join("|", sub.getCommandSpec().names()))
                    .append(") ");
            if (commands(sub).isEmpty()) {
                cases.append("_arguments -s").append(zshOptions(spec)).append(" '*:file:_files' ;;\n");
            } else {
                var nested = function + "_" + spec.name();
                cases.append(nested).append(" ;;\n");
                others.append(zshFunctions(nested, sub)).append('\n');
            }
        }
        return others + """
                %s() {
                    local context state state_descr line
                    typeset -A opt_args
                    local -a commands
                    commands=(
                %s    )
                    _arguments -C%s '1: :->command' '*:: :->rest'
                    case $state in
                    command) _describe command commands ;;
                    rest)
                        case $words[1] in
                %s        esac
                        ;;
                    esac
                }
                """.formatted(function, commands, zshOptions(line.getCommandSpec()), cases);
    }

    private static String zshOptions(CommandSpec spec) {
        var text = new StringBuilder();
        for (var option : spec.options()) {
            for (var name : option.names()) {
                boolean takesValue = option.arity().max() > 0;
                var repeated = option.isMultiValue() ? "*" : "";
                text.append(' ')
                        .append(single(repeated + name + (takesValue && name.startsWith("--") ? "=" : "") + "["
                                + summary(option).replaceAll("([\\[\\]:])", "\\\\$1") + "]"
                                + (takesValue ? ":" + label(option) + ":_files" : "")));
            }
        }
        return text.toString();
    }

    private static String fish(CommandLine line) {
        var text = new StringBuilder("# Completion of wherry for fish, made from its commands.\n");
        fishCommands("__fish_use_subcommand", line, text);
        for (var sub : commands(line)) {
            var seen = "__fish_seen_subcommand_from "
                    + String.join(" ", sub.getCommandSpec().names());
            fishOptions(seen, sub.getCommandSpec(), text);
            if (!commands(sub).isEmpty()) {
                var names =
                        commands(sub).stream().map(CommandLine::getCommandName).toList();
                fishCommands(seen + "; and not __fish_seen_subcommand_from " + String.join(" ", names), sub, text);
                for (var below : commands(sub)) {
                    fishOptions(
                            seen + "; and __fish_seen_subcommand_from " + below.getCommandName(),
                            below.getCommandSpec(),
                            text);
                }
            }
        }
        return text.toString();
    }

    private static void fishCommands(String when, CommandLine line, StringBuilder text) {
        for (var sub : commands(line)) {
            text.append("complete -c wherry -f -n ")
                    .append(single(when))
                    .append(" -a ")
                    .append(sub.getCommandName())
                    .append(" -d ")
                    .append(single(summary(sub.getCommandSpec())))
                    .append('\n');
        }
    }

    private static void fishOptions(String when, CommandSpec spec, StringBuilder text) {
        for (var option : spec.options()) {
            text.append("complete -c wherry -n ").append(single(when));
            for (var name : option.names()) {
                text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            text.append(option.arity().max() > 0 ? " -r" : "").append(" -d ").append(single(summary(option)));
            text.append('\n');
        }
    }

    /** Each once: aliases are names of the same command. */
    private static List<CommandLine> commands(CommandLine line) {
        var each = new ArrayList<CommandLine>();
        for (var sub : line.getSubcommands().values()) {
            if (!each.contains(sub)) {
                each.add(sub);
            }
        }
        return each;
    }

    /** The first sentence. */
    private static String summary(CommandSpec spec) {
        return Manual.firstLine(spec.usageMessage().description());
    }

    private static String summary(OptionSpec option) {
        return Manual.firstLine(option.description()).replaceAll("[.;:] .*|[.;]$", "");
    }

    private static String label(OptionSpec option) {
        return option.paramLabel().replaceAll("[^A-Za-z]+", "-").replaceAll("^-|-$", "");
    }

    /** As one word of a shell. */
    private static String single(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
