package dev.wherry.cli;

import dev.wherry.fault.Fault;
import dev.wherry.path.Kind;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Facts;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wherry verify}: whether files on the server are still what was stored. */
@Command(
        name = "verify",
        description = {
            "Have the server read files again, and say whether they are still what was stored.",
            "",
            "It compares the SHA-256 of what lies on its disk with the one recorded when the file came. Where none is "
                    + "recorded, because somebody laid the file there by other means, this one is from now on. "
                    + "No byte of a file is sent.",
            "",
            "A file that differs although nobody changed it has rotted: exit code 8."
        },
        footer = {
            "",
            "Examples:",
            "  wherry verify :/backup/photos.tar",
            "  wherry verify -r :/backup",
            "  wherry verify -r --json :/ | jq 'select(.equal == false)'"
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PLACE",
            description = "What to verify; quoted, it may hold * ? and [a-z].")
    List<String> places = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Verify all files in folders and below.")
    boolean recursive;

    @Mixin
    final Contact contact;

    private int intact;
    private int recorded;
    private int rotten;
    private int skipped;

    /** Folders into which the server could not look, and why. */
    private final Map<VirtualPath, String> unread = new HashMap<>();

    VerifyCommand(Surroundings around) {
        this.contact = new Contact(around);
    }

    @Override
    public Integer call() throws IOException {
        int code = contact.each(places, this::files, Optional.empty(), this::verify);
        if (!contact.json() && intact + recorded + rotten + skipped > 1) {
            contact.screen().note(summary());
        }
        return code;
    }

    private List<VirtualPath> files(RemoteTree tree, List<Place.Remote> remotes) throws IOException {
        var files = new ArrayList<VirtualPath>();
        for (var path : Contact.expanded(tree, remotes)) {
            if (recursive && (path.isRoot() || tree.isFolder(path))) {
                addBelow(tree, path, files);
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private void addBelow(RemoteTree tree, VirtualPath folder, List<VirtualPath> files) throws IOException {
        for (var entry : tree.list(folder, true, false)) {
            if (entry.kind() == Kind.FILE) {
                files.add(RemoteTree.below(folder, VirtualPath.parse(entry.name())));
            } else if (entry.unread()) {
                var path = RemoteTree.below(folder, VirtualPath.parse(entry.name()));
                files.add(path);
                unread.put(path, entry.refused().orElse("cannot be listed"));
            } else if (entry.kind() == Kind.REFUSED) {
                skipped++;
            }
        }
    }

    private void verify(Line line, VirtualPath path) throws IOException {
        var reason = unread.get(path);
        if (reason != null) {
            throw Fault.REFUSED_ENTRY.because("nothing in it was verified: " + reason);
        }
        var answer = line.get().ask(new Request.Verify(path), item -> progress(path, new Facts(item)));
        var facts = new Facts(answer);
        clear();
        var equal = facts.optionalFlag("equal");
        if (contact.json()) {
            var told = new LinkedHashMap<String, Object>(answer);
            told.put("path", path.toString());
            contact.lines().event("verified", told);
        }
        if (equal.isPresent() && !equal.get()) {
            rotten++;
            throw Fault.WRONG_DIGEST.because("is not what was stored, though nobody changed it: recorded "
                    + facts.text("recorded") + ", now " + facts.text("computed")
                    + "; put a good copy in its place, and look at the disk");
        }
        say(path, facts, equal.isPresent());
    }

    private void say(VirtualPath path, Facts facts, boolean known) {
        intact += known ? 1 : 0;
        recorded += known ? 0 : 1;
        if (!contact.json()) {
            contact.screen()
                    .say(":" + path + "  " + Amounts.size(facts.number("size"))
                            + (known ? "  as stored" : "  recorded now") + "  sha256 " + facts.text("computed"));
        }
    }

    /** The server tells every few seconds; only somebody who waits wants to know. */
    private void progress(VirtualPath path, Facts facts) {
        if (contact.screen().canDraw() && !contact.json()) {
            var read = Amounts.size(facts.number("read")) + " of " + Amounts.size(facts.number("size"));
            contact.screen().draw("\r\u001b[2K" + Visible.text(read + " read  :" + path));
        }
    }

    private void clear() {
        if (contact.screen().canDraw() && !contact.json()) {
            contact.screen().draw("\r\u001b[2K");
        }
    }

    private String summary() {
        var parts = new ArrayList<String>();
        parts.add(intact + " as stored");
        Map<String, Integer> others = new LinkedHashMap<>();
        others.put("recorded now", recorded);
        others.put("not as stored", rotten);
        others.put("not opened by the server", skipped);
        others.forEach((what, count) -> {
            if (count > 0) {
                parts.add(count + " " + what);
            }
        });
        return String.join(", ", parts);
    }
}
