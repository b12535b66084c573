package dev.wherry.cli;

import dev.wherry.client.RemoteEntry;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a shell asks the server on its own behalf: who one is, where one stands, and what lies there. */
public final class Outlook {
    private final Surroundings around;
    private final Access access;

    public Outlook(Surroundings around, Access access) {
        this.around = around;
        this.access = access;
    }

    /** The account that is logged in; connects, if need be. */
    public String user() throws IOException {
        try (var line = line()) {
            return String.valueOf(line.get().ask(new Request.WhoAmI()).get("user"));
        }
    }

    public boolean isFolder(VirtualPath path) throws IOException {
        try (var line = line()) {
            return new RemoteTree(line).isFolder(path);
        }
    }

    /** The entries of a folder, by name. */
    public List<RemoteEntry> list(VirtualPath folder) throws IOException {
        try (var line = line()) {
            return new RemoteTree(line).list(folder, false, false);
        }
    }

    /** Your unfinished uploads. */
    public List<Unfinished> uploads() throws IOException {
        var uploads = new ArrayList<Unfinished>();
        try (var line = line()) {
            line.get()
                    .ask(
                            new Request.Uploads(),
                            facts -> uploads.add(new Unfinished(
                                    String.valueOf(facts.get("upload")), String.valueOf(facts.get("path")))));
        }
        return uploads;
    }

    /** @param id by which the server knows it */
    public record Unfinished(String id, String path) {}

    private Line line() {
        return new Line(around, access, new Place.Remote(Optional.empty(), Optional.empty(), "/"));
    }
}
