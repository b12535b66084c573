package dev.wherry.cli;

import dev.wherry.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Lists files and folders of this machine as {@code ls} lists those of the server. */
public final class LocalListing {
    private final Screen screen;

    public LocalListing(Screen screen) {
        this.screen = screen;
    }

    /** @param paths folders, whose entries are shown, and files */
    public void show(List<String> paths) throws IOException {
        for (var text : paths) {
            var path = Path.of(text);
            if (Files.isDirectory(path)) {
                if (paths.size() > 1) {
                    screen.say(Visible.text(text) + ":");
                }
                try (var entries = Files.list(path)) {
                    for (var entry :
                            entries.filter(LocalListing::isShown).sorted().toList()) {
                        show(entry, String.valueOf(entry.getFileName()));
                    }
                }
            } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                show(path, text);
            } else {
                throw Fault.NOT_FOUND.because("no such file here: " + text);
            }
        }
    }

    /** As people are used to here. */
    private static boolean isShown(Path entry) {
        return !String.valueOf(entry.getFileName()).startsWith(".");
    }

    private void show(Path path, String name) throws IOException {
        var facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean isFolder = facts.isDirectory();
        screen.say(LsCommand.columns(
                isFolder ? "-" : Amounts.size(facts.size()),
                Amounts.minute(facts.lastModifiedTime().toInstant()),
                Visible.text(name) + (isFolder ? "/" : facts.isSymbolicLink() ? "  (a link)" : "")));
    }
}
