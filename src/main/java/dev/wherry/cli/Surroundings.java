package dev.wherry.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a command finds around itself.
 *
 * @param environment the variables, by name
 * @param windows whether a single letter before a colon is a drive, and some names cannot be held
 */
public record Surroundings(Screen screen, Map<String, String> environment, boolean windows, CommandHost host) {
    /** Of a command that has a process of its own. */
    public Surroundings(Screen screen, Map<String, String> environment, boolean windows) {
        this(screen, environment, windows, CommandHost.PROCESS);
    }

    public static Surroundings ofProcess() {
        return new Surroundings(
                Screen.ofProcess(),
                System.getenv(),
                System.getProperty("os.name", "").startsWith("Windows"));
    }

    /** A variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The same, but that nobody is asked anything. */
    Surroundings withoutQuestions() {
        return new Surroundings(screen.withoutQuestions(), environment, windows, host);
    }

    /** A command as it is typed where this one was: a person in the shell names no program before it. */
    String typed(String command) {
        boolean isInShell = !host.equals(CommandHost.PROCESS) && screen.isInteractive();
        return isInShell ? command : program() + " " + command;
    }

    /** What this program was called as, or its name alone where that is found by the path. */
    public String program() {
        var started = variable("WHERRY_STARTED_AS").map(Path::of).orElse(Path.of("wherry"));
        var folder = started.getParent();
        boolean isFound = folder != null
                && List.of(variable("PATH").orElse("").split(File.pathSeparator))
                        .contains(folder.toString());
        return HandOver.quoted((isFound ? started.getFileName() : started).toString());
    }

    /** Where saved logins and pins lie. */
    public Path configFolder() {
        return variable("WHERRY_CONFIG_DIR")
                .map(Path::of)
                .orElseGet(() -> variable("XDG_CONFIG_HOME")
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".config"))
                        .resolve("wherry"));
    }

    Place place(String text) {
        return switch (Place.parse(host.place(text), windows)) {
            case Place.Local(var path) -> new Place.Local(host.here(path));
            case Place other -> other;
        };
    }

    /** The same of something that may stand for several. */
    Stream<Place> places(String text) {
        return Place.parse(host.place(text), windows) instanceof Place.Local(var path)
                ? host.expanded(path).stream().map(Place.Local::new)
                : Stream.of(place(text));
    }

    /** A place that has to be on a server. */
    Place.Remote remote(String text) {
        return switch (Place.parse(host.remote(text), windows)) {
            case Place.Remote remote -> remote;
            case Place.Local(var path) ->
                throw new UsageException("\"" + path + "\" is a place on this machine; on the server it is \":"
                        + (path.startsWith("/") ? "" : "/") + path + "\"");
            case Place.Pipe() -> throw new UsageException("standard input or output has no place on a server");
        };
    }

    /** Places that have to be on one and the same server. */
    List<Place.Remote> remotes(List<String> texts) {
        var places = texts.stream().map(this::remote).toList();
        for (var place : places) {
            var first = places.getFirst();
            if (!place.server().equals(first.server()) || !place.user().equals(first.user())) {
                throw new UsageException(first + " and " + place + " are on two servers; use one command for each");
            }
        }
        return places;
    }
}
