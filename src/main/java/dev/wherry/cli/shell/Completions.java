package dev.wherry.cli.shell;

import dev.wherry.cli.Outlook;
import dev.wherry.cli.Visible;
import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine.Model.CommandSpec;

/** What could stand at the cursor: commands, options, and names on either side. */
final class Completions implements Completer {
    private final Shell shell;
    private final Whereabouts where;
    private final RemoteNames remote;
    private final Uploads uploads;

    /** @param uploads those of the user that are not finished */
    Completions(Shell shell, Whereabouts where, RemoteNames remote, Uploads uploads) {
        this.shell = shell;
        this.where = where;
        this.remote = remote;
        this.uploads = uploads;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var words = line.words().subList(0, line.wordIndex() + 1);
        find(words, candidates);
    }

    /** @param words up to the one at the cursor, of which only what is before the cursor counts */
    void find(List<String> words, List<Candidate> candidates) {
        var word = words.getLast();
        var before = Names.usual(words.subList(0, words.size() - 1));
        if (before.isEmpty()) {
            commands(word, candidates);
            return;
        }
        var builtin = shell.builtins().get(before.getFirst());
        var command = shell.commands().get(before.getFirst());
        if (builtin != null) {
            add(builtin.takes(), word, candidates);
        } else if (command != null) {
            var spot = Meaning.of(command.getCommandSpec(), before.subList(1, before.size()), word);
            switch (spot.meaning()) {
                case OPTION -> options(spot.command(), candidates);
                case SUBCOMMAND -> subcommands(spot.command(), candidates);
                default -> add(spot.meaning(), word, candidates);
            }
        }
    }

    private void add(Meaning meaning, String word, List<Candidate> candidates) {
        switch (meaning) {
            case HERE -> local(word, false, candidates);
            case FOLDER_HERE -> local(word, true, candidates);
            case THERE -> remote(word, false, candidates);
            case FOLDER_THERE -> remote(word, true, candidates);
            case EITHER -> {
                if (word.startsWith(":")) {
                    remote(word, false, candidates);
                } else {
                    local(word, false, candidates);
                }
            }
            case BOTH -> {
                remote(word, false, candidates);
                if (!word.startsWith(":")) {
                    local(word, false, candidates);
                }
            }
            case UPLOAD -> uploads(candidates);
            case COMMAND -> commands(word, candidates);
            case SUBCOMMAND, OPTION, NOTHING -> {}
        }
    }

    /** Other names than the usual one are offered to those who have begun to type them. */
    private void commands(String word, List<Candidate> candidates) {
        shell.builtins().values().forEach(each -> candidates.add(candidate(each.name(), each.summary())));
        shell.commands().forEach((name, command) -> {
            if (name.equals(command.getCommandName()) || (!word.isEmpty() && name.startsWith(lower(word)))) {
                candidates.add(candidate(name, Help.summary(command)));
            }
        });
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private static void subcommands(CommandSpec spec, List<Candidate> candidates) {
        spec.subcommands().forEach((name, below) -> candidates.add(candidate(name, Help.summary(below))));
    }

    private static void options(CommandSpec spec, List<Candidate> candidates) {
        for (var option : spec.options()) {
            if (!option.hidden()) {
                var description = option.description().length == 0 ? "" : option.description()[0];
                candidates.add(candidate(option.longestName(), description.replaceAll("[.;:] .*|[.;:]$", "")));
            }
        }
    }

    private static Candidate candidate(String value, String description) {
        return new Candidate(value, value, null, description.isEmpty() ? null : description, null, null, true);
    }

    private void uploads(List<Candidate> candidates) {
        try {
            for (var each : uploads.call()) {
                candidates.add(candidate(each.id(), ":" + Visible.text(each.path())));
            }
        } catch (IOException | FaultException unknown) {
            // Then there is nothing to offer.
        }
    }

    private void remote(String word, boolean folders, List<Candidate> candidates) {
        var colon = word.startsWith(":") ? ":" : "";
        var typed = word.substring(colon.length());
        var above = typed.substring(0, typed.lastIndexOf('/') + 1);
        try {
            var path = where.there(above);
            var folder = VirtualPath.parse(
                    path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
            for (RemoteEntry entry : remote.in(folder)) {
                if (entry.isFolder() || !folders) {
                    name(colon + above, typed.substring(above.length()), entry.name(), entry.isFolder(), candidates);
                }
            }
        } catch (FaultException unreadable) {
            // What is typed so far is no name.
        }
    }

    private void local(String word, boolean folders, List<Candidate> candidates) {
        var above = word.substring(0, word.lastIndexOf('/') + 1);
        var begun = word.substring(above.length());
        try (var entries = Files.list(Path.of(where.here(above.isEmpty() ? "." : above)))) {
            for (var entry : entries.sorted().toList()) {
                boolean isFolder = Files.isDirectory(entry);
                if (isFolder || !folders) {
                    name(above, begun, String.valueOf(entry.getFileName()), isFolder, candidates);
                }
            }
        } catch (IOException | InvalidPathException unreadable) {
            // Nothing can be offered there.
        }
    }

    /** Hidden ones when a dot is typed; what acts on a terminal is not offered. */
    private static void name(String above, String begun, String name, boolean isFolder, List<Candidate> candidates) {
        if ((name.startsWith(".") && !begun.startsWith("."))
                || !Visible.text(name).equals(name)) {
            return;
        }
        var shown = name + (isFolder ? "/" : "");
        candidates.add(new Candidate(above + shown, shown, null, null, null, null, !isFolder));
    }

    interface Uploads {
        List<Outlook.Unfinished> call() throws IOException;
    }
}
