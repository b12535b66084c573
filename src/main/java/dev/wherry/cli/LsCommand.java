package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry ls}: what is on the server. */
@Command(
        name = "ls",
        aliases = {"dir", "list"},
        description = {
            "List what is on the server: size, time and name of each entry; folders end in a slash.",
            "",
            "What the server does not open, such as a link, is listed with the reason."
        },
        footer = {"", "Examples:", "  wherry ls", "  wherry ls -r :/photos", "  wherry ls ':/logs/*.gz'"})
final class LsCommand implements Callable<Integer> {
    private static final int SIZE_WIDTH = 8;
    private static final int TIME_WIDTH = "2026-01-31 12:00".length();

    @Parameters(
            arity = "0..*",
            paramLabel = "PLACE",
            description = "Folders and files; :/ when none is named. Quoted, they may hold * ? and [a-z].")
    List<String> places = new ArrayList<>();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "List what is in the folders below too.")
    boolean recursive;

    @Mixin
    Access access = new Access();

    @Mixin
    Telling telling = new Telling();

    private final Surroundings around;

    LsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException {
        var remotes = around.remotes(places.isEmpty() ? List.of(":/") : places);
        try (var line = new Line(around, access, remotes.getFirst())) {
            var tree = new RemoteTree(line);
            var paths = new ArrayList<VirtualPath>();
            for (var remote : remotes) {
                paths.addAll(tree.expand(remote.path()));
            }
            // People are told in which folder they look, when there are several; programs see it in each path.
            var quiet = new Telling();
            return new Each(around.screen(), quiet).of(paths, "listed", path -> show(tree, path, paths.size() > 1));
        }
    }

    private void show(RemoteTree tree, VirtualPath path, boolean headed) throws IOException {
        List<RemoteEntry> entries;
        try {
            entries = tree.list(path, recursive, telling.json);
        } catch (FaultException refused) {
            if (refused.fault() == Fault.NOT_FOUND) {
                throw Fault.NO_FOLDER.because("no such folder: :" + path, refused);
            }
            if (refused.fault() != Fault.NOT_FOLDER) {
                throw refused;
            }
            show(path.toString(), tree.stat(path), headed ? ":" + path : path.name());
            return;
        }
        if (headed && !telling.json) {
            around.screen().say(":" + path + ":");
        }
        for (var entry : entries) {
            show((path.isRoot() ? "" : path) + "/" + entry.name(), entry, entry.name());
        }
    }

    private void show(String path, RemoteEntry entry, String name) {
        if (telling.json) {
            new JsonLines(around.screen()).event("entry", facts(path, entry));
        } else {
            around.screen().say(line(entry, name));
        }
    }

    static String line(RemoteEntry entry, String name) {
        var size = switch (entry.kind()) {
            case FILE -> Amounts.size(entry.size());
            case FOLDER -> "-";
            case REFUSED -> "?";
        };
        var time = entry.modified().map(Amounts::minute).orElse("");
        return " ".repeat(Math.max(0, SIZE_WIDTH - size.length())) + size + "  "
                + time + " ".repeat(TIME_WIDTH - time.length()) + "  " + name
                + (entry.isFolder() ? "/" : "")
                + entry.refused()
                        .map(reason -> "  (not opened: " + reason + ")")
                        .orElse("");
    }

    private static Map<String, Object> facts(String path, RemoteEntry entry) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("path", path);
        facts.put("kind", entry.kind().word());
        facts.put("size", entry.size());
        entry.modified().ifPresent(modified -> facts.put("modified", modified.toString()));
        entry.etag().ifPresent(etag -> facts.put("etag", etag.value()));
        entry.sha256().ifPresent(sha256 -> facts.put("sha256", sha256.hex()));
        entry.refused().ifPresent(reason -> facts.put("refused", reason));
        return facts;
    }
}
