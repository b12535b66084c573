package dev.wherry.protocol;

import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Etag;
import dev.wherry.path.Precondition;
import dev.wherry.path.VirtualPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What stands behind a verb, taken word by word: the arguments, then {@link #options}. Every failure is a fault. */
final class Arguments {
    /** Other years fit neither into four digits nor into everybody's milliseconds. */
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant AFTER_THE_LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private final Verb verb;
    private final List<Words.Word> words;
    private int next;

    Arguments(Verb verb, List<Words.Word> words) {
        this.verb = verb;
        this.words = words;
    }

    /** Whether all that is left is one option. */
    boolean isOneOption() {
        return words.size() == next + 1 && words.get(next).isOption();
    }

    /** The next argument; there must be one. */
    String required(String what) {
        if (next == words.size()) {
            throw misused(verb.words() + " lacks its " + what);
        }
        return words.get(next++).argument();
    }

    /** The next argument, unless there is none or an option stands there. */
    Optional<String> optional() {
        return next == words.size() || words.get(next).isOption()
                ? Optional.empty()
                : Optional.of(words.get(next++).argument());
    }

    VirtualPath path() {
        return VirtualPath.parse(required("path"));
    }

    /** All that is left, which must be options of the verb. */
    Options options() {
        var values = new HashMap<String, String>();
        for (; next < words.size(); next++) {
            var word = words.get(next);
            if (!word.isOption()) {
                throw tooMany();
            }
            if (!verb.options().contains(word.name())) {
                throw unknownOption(word.name());
            }
            if (values.put(word.name(), word.value()) != null) {
                throw misused("the option " + word.name() + " is given twice");
            }
        }
        return new Options(values);
    }

    /** Nothing may be left. */
    void end() {
        if (next < words.size()) {
            throw tooMany();
        }
    }

    FaultException misused(String what) {
        return Fault.MALFORMED.because(what + "; it is written " + verb.usage()).with("usage", verb.usage());
    }

    /** Without the words themselves, which may be part of a password that lacked its quotes. */
    private FaultException tooMany() {
        return misused(verb.words() + " has no place for so many words");
    }

    private FaultException unknownOption(String name) {
        var what = verb.words() + " has no option " + Words.shown(name);
        var nearest = Nearest.of(name, verb.options());
        if (nearest.isPresent()) {
            return Fault.UNKNOWN_OPTION
                    .because(what + "; did you mean " + nearest.get() + "=?")
                    .with("nearest", nearest.get())
                    .with("usage", verb.usage());
        }
        return Fault.UNKNOWN_OPTION
                .because(what + "; it is written " + verb.usage())
                .with("usage", verb.usage());
    }

    /** The options of one line, by name; each reader says what the value should have been. */
    final class Options {
        private final Map<String, String> values;

        private Options(Map<String, String> values) {
            this.values = values;
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name));
        }

        boolean flag(String name) {
            return switch (text(name).orElse("false")) {
                case "true" -> true;
                case "false" -> false;
                default -> throw misused(name + " is true or false");
            };
        }

        OptionalLong number(String name) {
            var text = text(name);
            return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parseNumber(name, text.get()));
        }

        Precondition precondition() {
            return text("if").map(Precondition::parse).orElseGet(Precondition.Absent::new);
        }

        Optional<Etag> etag() {
            return text("if").map(Etag::new);
        }

        Optional<Instant> instant(String name) {
            return text(name).map(text -> {
                try {
                    var time = Instant.parse(text);
                    if (time.isBefore(EARLIEST) || !time.isBefore(AFTER_THE_LATEST)) {
                        throw misused(name + " is a time with a year of four digits");
                    }
                    return time;
                } catch (DateTimeException notATime) {
                    throw misused(name + " is a time such as 2026-01-31T12:00:00Z");
                }
            });
        }

        Optional<VirtualPath> path(String name) {
            return text(name).map(VirtualPath::parse);
        }

        private long parseNumber(String name, String text) {
            return Decimal.parse(text).orElseThrow(() -> misused(name + " is a whole number, in decimal digits"));
        }
    }
}
