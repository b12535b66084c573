package dev.wherry.cli;

import dev.wherry.protocol.Nearest;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that cannot be read, as a sentence of ours: which word it is about, and what may stand there. */
final class Misuse {
    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    private static final Pattern EXCLUSIVE = Pattern.compile("(--\\S+(?:, --\\S+)*) are mutually exclusive");

    private Misuse() {}

    static String sentence(ParameterException mistake) {
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is there twice; say it once";
            case MutuallyExclusiveArgsException several -> oneOf(several);
            case MissingParameterException missing -> unknownBefore(missing).orElseGet(() -> missing(missing));
            default -> value(mistake, mistake.getArgSpec());
        };
    }

    private static String unknown(UnmatchedArgumentException mistake) {
        var word = mistake.getUnmatched().getFirst();
        var spec = mistake.getCommandLine().getCommandSpec();
        if (mistake.isUnknownOption()) {
            return unknownOption(word, spec);
        }
        if (spec.subcommands().isEmpty()) {
            return "one argument too many: " + word;
        }
        var near = meant(word, spec.subcommands().keySet());
        return isRoot(spec)
                ? "unknown command: " + word + near
                : "unknown command: " + spec.name() + " " + word
                        + (near.isEmpty() ? "; there is " + below(spec) : near);
    }

    private static boolean isRoot(CommandSpec spec) {
        return spec.parent() == null;
    }

    /** The commands below one, as {@code token create, token list or token revoke}. */
    private static String below(CommandSpec spec) {
        var all = spec.subcommands().keySet().stream()
                .map(name -> spec.name() + " " + name)
                .toList();
        int last = all.size() - 1;
        return last == 0 ? all.getFirst() : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /** The library has the names of the options only as a part of its own sentence. */
    private static String oneOf(MutuallyExclusiveArgsException mistake) {
        var names = EXCLUSIVE.matcher(String.valueOf(mistake.getMessage()));
        return (names.find() ? names.group(1).replace(", ", " and ") : "these options")
                + " exclude each other; say one";
    }

    private static String unknownOption(String word, CommandSpec spec) {
        return "unknown option: " + word + meant(word, spec.optionsMap().keySet());
    }

    private static String meant(String word, Collection<String> known) {
        return Nearest.of(word, List.copyOf(known))
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }

    /** Of two mistakes the slip is told, and not what it made to be missing. */
    private static Optional<String> unknownBefore(MissingParameterException mistake) {
        return mistake.getCommandLine().getUnmatchedArguments().stream()
                .filter(word -> word.startsWith("-"))
                .findFirst()
                .map(word -> unknownOption(word, mistake.getCommandLine().getCommandSpec()));
    }

    private static String missing(MissingParameterException mistake) {
        var missing = mistake.getMissing();
        if (missing.size() == 1
                && missing.getFirst() instanceof OptionSpec option
                && mistake.getCommandLine().getParseResult() != null
                && !option.required()) {
            return name(option) + " needs a value: " + name(option) + " " + option.paramLabel();
        }
        return "missing: " + missing.stream().map(Misuse::label).collect(Collectors.joining(", "));
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? name(option) + (option.arity().max() > 0 ? " " + option.paramLabel() : "")
                : argument.paramLabel();
    }

    /** What a converter of ours said of a value is kept. */
    private static String value(ParameterException mistake, @Nullable ArgSpec argument) {
        var message = String.valueOf(mistake.getMessage());
        if (argument == null) {
            var spec = mistake.getCommandLine().getCommandSpec();
            return isRoot(spec) || spec.subcommands().isEmpty() ? message : "say which: " + below(spec);
        }
        var value = mistake.getValue();
        var type = argument.type();
        if (WHOLE_NUMBERS.contains(type)) {
            return name(argument) + " takes a whole number, and \"" + value + "\" is none";
        }
        if (type == boolean.class || type == Boolean.class) {
            return name(argument) + " takes no value; leave \"" + value + "\" out";
        }
        if (type == Path.class) {
            return name(argument) + " takes a path, and \"" + value + "\" can be none";
        }
        return message.replaceFirst("^Invalid value for [^:]*: ", name(argument) + ": ");
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }
}
