package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.fault.Fault;
import dev.wherry.fault.FaultException;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        footer = {
            "",
            "Examples:",
            "  wherry ls",
            "  wherry ls -r :/photos",
            "  wherry ls ':/logs/*.gz'",
            "  wherry ls -r --sums :/photos > photos.sha256; (cd photos && sha256sum -c ../photos.sha256)"
        })
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

    @Option(
            names = "--sums",
            description = "Print the SHA-256 of each file as \"sha256sum -c\" reads it, and nothing else.")
    boolean sums;

    @Mixin
    final Contact contact;

    LsCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        if (sums && contact.json()) {
            throw new UsageException("--sums is a format of its own; --json has each sha256 already");
        }
        var remotes = contact.around().remotes(places.isEmpty() ? List.of(":") : places);
        try (var line = contact.line(remotes.getFirst())) {
            var tree = new RemoteTree(line);
            var paths = Contact.expanded(tree, remotes);
            // What is listed is told entry by entry.
            return new Each(contact.screen(), contact.json())
                    .of(line, paths, Optional.empty(), (same, path) -> show(tree, path, paths.size() > 1));
        }
    }

    private void show(RemoteTree tree, VirtualPath path, boolean headed) throws IOException {
        var entries = entries(tree, path);
        if (entries.isEmpty()) {
            show(tree, path.toString(), tree.stat(path), headed && !sums ? ":" + path : path.name());
            return;
        }
        // People are told in which folder they look, when there are several; programs see it in each path.
        if (headed && !contact.json() && !sums) {
            contact.screen().say(":" + path + ":");
        }
        var prefix = headed && sums && !path.isRoot() ? path.name() + "/" : "";
        for (var entry : entries.get()) {
            show(tree, (path.isRoot() ? "" : path) + "/" + entry.name(), entry, prefix + entry.name());
        }
        if (entries.get().isEmpty() && !contact.json()) {
            contact.screen().nothing(":" + path + " is empty");
        }
        requireWhole(entries.get());
    }

    /** A list that lacks something ends well only where that does not matter, which nobody here can tell. */
    private static void requireWhole(List<RemoteEntry> entries) {
        var unread = entries.stream().filter(RemoteEntry::unread).toList();
        if (!unread.isEmpty()) {
            throw Fault.REFUSED_ENTRY.because("not all is listed: the server cannot look into "
                    + unread.getFirst().name() + (unread.size() == 1 ? "" : " and " + (unread.size() - 1) + " more"));
        }
    }

    /** None of a file. */
    private Optional<List<RemoteEntry>> entries(RemoteTree tree, VirtualPath path) throws IOException {
        try {
            return Optional.of(tree.list(path, recursive, contact.json() || sums));
        } catch (FaultException refused) {
            return switch (refused.fault()) {
                case NOT_FOUND -> throw Fault.NO_FOLDER.because("no such folder: :" + path, refused);
                case NOT_FOLDER -> Optional.empty();
                default -> throw refused;
            };
        }
    }

    /** @param path as the server has it: what it refuses to open may be no path by our rules */
    private void show(RemoteTree tree, String path, RemoteEntry entry, String name) throws IOException {
        if (contact.json()) {
            contact.lines().event("entry", facts(path, entry));
        } else if (!sums) {
            contact.screen().say(line(entry, name));
        } else if (entry.kind() == Kind.FILE) {
            contact.screen().raw(Sums.line(tree.digest(VirtualPath.parse(path), entry), name));
        }
    }

    static String line(RemoteEntry entry, String name) {
        var size = switch (entry.kind()) {
            case FILE -> Amounts.size(entry.size());
            case FOLDER -> "-";
            case REFUSED -> "?";
        };
        return columns(
                size,
                entry.modified().map(Amounts::minute).orElse(""),
                Visible.text(name
                        + (entry.isFolder() ? "/" : "")
                        + entry.refused()
                                .map(reason -> "  (not opened: " + reason + ")")
                                .orElse("")));
    }

    static String columns(String size, String time, String name) {
        return " ".repeat(Math.max(0, SIZE_WIDTH - size.length())) + size + "  " + time
                + " ".repeat(TIME_WIDTH - time.length()) + "  " + name;
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
