package dev.wherry.cli.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Other names of commands: those of the course project that Wherry descends from, and those that fingers know from
 * other tools. Case does not matter in the name of a command.
 */
final class Names {
    /** Each with the words that stand for it. */
    private static final Map<String, List<String>> OTHER = Map.ofEntries(
            Map.entry("list_server", List.of("ls", "-r", "/")),
            Map.entry("exit", List.of("quit")),
            Map.entry("bye", List.of("quit")),
            Map.entry("q", List.of("quit")),
            Map.entry("?", List.of("help")),
            Map.entry("chdir", List.of("cd")),
            Map.entry("del", List.of("rm")),
            Map.entry("rename", List.of("mv")),
            Map.entry("mput", List.of("put")),
            Map.entry("mget", List.of("get")),
            Map.entry("ll", List.of("ls")),
            Map.entry("open", List.of("connect")));

    /** Those of them that are said in two words. */
    private static final Map<String, String> FOLDERS = Map.of("create", "mkdir", "delete", "rmdir");

    private static final String SUBFOLDER = "subfolder";

    private Names() {}

    /** The words as the commands know them. A line that was copied from a terminal may begin with this program. */
    static List<String> usual(List<String> words) {
        var rest = new ArrayList<>(words);
        if (rest.size() > 1
                && (rest.getFirst().equals("wherry") || rest.getFirst().endsWith("/wherry"))) {
            rest.removeFirst();
        }
        if (rest.isEmpty()) {
            return rest;
        }
        var name = rest.removeFirst().toLowerCase(Locale.ROOT);
        if (name.equals(SUBFOLDER) && !rest.isEmpty()) {
            var folder = FOLDERS.get(rest.getFirst().toLowerCase(Locale.ROOT));
            if (folder != null) {
                rest.set(0, folder);
                return rest;
            }
        }
        rest.addAll(0, OTHER.getOrDefault(name, List.of(name)));
        return rest;
    }

    /** The name alone that help knows it by. */
    static String usual(String name) {
        return usual(List.of(name)).getFirst();
    }
}
