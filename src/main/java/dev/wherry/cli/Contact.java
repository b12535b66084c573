package dev.wherry.cli;

import dev.wherry.client.Connection;
import dev.wherry.path.VirtualPath;
import dev.wherry.protocol.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** What every command has that asks a server something: who one is there, and how it tells of what came of it. */
final class Contact {
    @Mixin
    final Access access = new Access();

    @Mixin
    final Telling telling = new Telling();

    private final Surroundings around;

    Contact(Surroundings around) {
        this.around = around;
    }

    /** Programs are asked nothing, wherever they run. */
    Surroundings around() {
        return json() ? around.withoutQuestions() : around;
    }

    Screen screen() {
        return around().screen();
    }

    boolean json() {
        return telling.json;
    }

    JsonLines lines() {
        return new JsonLines(screen());
    }

    /**
     * What came of a request for a list, as it is to be shown; a person is told when nothing did.
     *
     * @param nothing such as {@code no unfinished uploads}
     */
    void list(Request request, Consumer<Map<String, Object>> item, String nothing) throws IOException {
        var count = new AtomicInteger();
        try (var connection = connect()) {
            connection.ask(request, facts -> {
                count.incrementAndGet();
                item.accept(facts);
            });
        }
        if (count.get() == 0 && !json()) {
            screen().nothing(nothing);
        }
    }

    Line line(Place.Remote place) {
        return new Line(around(), access, place);
    }

    /** Logged in, where no place is named. */
    Connection connect() throws IOException {
        return access.connect(around());
    }

    /**
     * Does one thing to each of the places, on one connection; answers the number to exit with.
     *
     * @param reading {@link #expanded}, or {@link #asTyped} for what is not there yet
     * @param done the name of the event when it is done, for programs; none where the doing itself tells
     */
    int each(List<String> places, Reading reading, Optional<String> done, Each.Action action) throws IOException {
        var remotes = around().remotes(places);
        try (var line = line(remotes.getFirst())) {
            return new Each(screen(), json()).of(line, reading.paths(new RemoteTree(line), remotes), done, action);
        }
    }

    /** What the places stand for: their globs are looked up on the server. */
    static List<VirtualPath> expanded(RemoteTree tree, List<Place.Remote> places) throws IOException {
        var paths = new ArrayList<VirtualPath>();
        for (var place : places) {
            paths.addAll(tree.expand(place.path()));
        }
        return paths;
    }

    static List<VirtualPath> asTyped(RemoteTree tree, List<Place.Remote> places) {
        return places.stream().map(place -> RemoteTree.parse(place.path())).toList();
    }

    interface Reading {
        List<VirtualPath> paths(RemoteTree tree, List<Place.Remote> places) throws IOException;
    }
}
