package dev.wherry.cli.shell;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a word in a command can stand for, which is told by the label that help shows for it. */
enum Meaning {
    /** A file or folder on this machine. */
    HERE,
    FOLDER_HERE,
    /** A file or folder on the server. */
    THERE,
    FOLDER_THERE,
    /** On this machine, or behind a colon on the server. */
    EITHER,
    /** On the server, or the last one on this machine. */
    BOTH,
    UPLOAD,
    COMMAND,
    SUBCOMMAND,
    OPTION,
    NOTHING;

    /** What may stand behind the words of a command that are there already. */
    record Spot(CommandSpec command, Meaning meaning) {}

    /** @param before the words between the command and this one */
    static Spot of(CommandSpec command, List<String> before, String word) {
        var scan = new Scan(command);
        before.forEach(scan::take);
        return scan.spot(word);
    }

    /** Those of the words that are no options, nor their values. */
    static List<String> positionals(CommandSpec command, List<String> words) {
        return words.stream().filter(new Scan(command)::take).toList();
    }

    private static Meaning ofLabel(String label, boolean first, boolean folders) {
        return switch (label) {
            case "PLACE" -> folders ? FOLDER_THERE : THERE;
            case "PLACE… [TARGET]" -> first ? THERE : BOTH;
            case "SOURCE… [PLACE]", "SRC", "DST" -> EITHER;
            case "FILE" -> HERE;
            case "DIR" -> FOLDER_HERE;
            case "UPLOAD" -> UPLOAD;
            default -> NOTHING;
        };
    }

    /** Goes through words from the left to the right. */
    private static final class Scan {
        private CommandSpec command;
        private int positionals;
        private boolean onlyPositionals;
        private boolean valueFollows;
        private String valueLabel = "";

        Scan(CommandSpec command) {
            this.command = command;
        }

        /** Answers whether it is an argument. */
        boolean take(String word) {
            if (valueFollows) {
                valueFollows = false;
                return false;
            }
            if (!onlyPositionals && word.equals("--")) {
                onlyPositionals = true;
                return false;
            }
            if (isOption(word)) {
                var option = command.findOption(word.replaceFirst("=.*", ""));
                valueFollows = option != null && takesValue(option) && !word.contains("=");
                valueLabel = option == null ? "" : option.paramLabel();
                return false;
            }
            var below = positionals == 0 ? command.subcommands().get(word) : null;
            if (below != null) {
                command = below.getCommandSpec();
                return false;
            }
            positionals++;
            return true;
        }

        private boolean isOption(String word) {
            return !onlyPositionals && word.startsWith("-") && word.length() > 1;
        }

        private static boolean takesValue(OptionSpec option) {
            return option.arity().max() > 0;
        }

        Spot spot(String word) {
            if (valueFollows) {
                return new Spot(command, ofLabel(valueLabel, true, false));
            }
            if (!onlyPositionals && word.startsWith("-")) {
                return new Spot(command, OPTION);
            }
            if (positionals == 0 && !command.subcommands().isEmpty()) {
                return new Spot(command, SUBCOMMAND);
            }
            boolean folders = command.name().endsWith("dir") && command.name().length() > 3;
            var label = command.positionalParameters().stream()
                    .filter(parameter -> parameter.index().contains(positionals))
                    .map(parameter -> ofLabel(parameter.paramLabel(), positionals == 0, folders))
                    .findFirst();
            return new Spot(command, label.orElse(NOTHING));
        }
    }
}
