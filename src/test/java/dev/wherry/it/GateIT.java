package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.path.NastyNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing outside the served folder is read or written, whatever name is asked for: names that no file may have, names
 * that point elsewhere, and links that somebody planted in the tree. A canary outside is looked at after every name.
 */
final class GateIT {
    private static final String SECRET = "the canary sings";
    private static final String CANARY = "canary-in-its-cage.txt";
    private static final String EVIL = "evil";
    /** Longer lines end the connection before anybody sees a name. */
    private static final int LONGEST_LINE = 8192;

    private static final List<String> REFUSALS = List.of("bad-name", "malformed");

    @TempDir
    Path temporary;

    @Test
    void aNameThatNoFileMayHaveIsRefusedByEveryVerb() throws IOException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            outside(server);
            var before = beside(server);
            var tree = everything(server.files());
            try (var door = new Door(server)) {
                for (var nasty : NastyNames.all()) {
                    for (var request : requests(nasty.path())) {
                        if (isRoot(request) || request.length() >= LONGEST_LINE) {
                            continue;
                        }
                        assertThat(door.ask(request))
                                .as(nasty + " in " + request)
                                .satisfies(GateIT::isRefused);
                    }
                }
            }
            assertThat(beside(server)).isEqualTo(before);
            assertThat(everything(server.files())).isEqualTo(tree);
        }
    }

    @Test
    void aNameThatPointsElsewhereReachesNothing() throws IOException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var outside = outside(server);
            var before = beside(server);
            try (var door = new Door(server)) {
                for (var name : pointingOut(server, outside)) {
                    for (var request : requests(name)) {
                        Files.writeString(server.files().resolve("inside.txt"), "inside");
                        assertThat(door.ask(request)).as(request).satisfies(GateIT::tellsNothing);
                    }
                    assertThat(beside(server)).as(name).isEqualTo(before);
                }
            }
        }
    }

    @Test
    void aLinkInTheTreeLeadsNowhere() throws IOException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var outside = outside(server);
            var before = beside(server);
            try (var door = new Door(server)) {
                for (var name : throughLinks()) {
                    for (var request : requests(name)) {
                        plantLinks(server.files(), outside);
                        assertThat(door.ask(request)).as(request).satisfies(GateIT::tellsNothing);
                        assertThat(beside(server)).as(request).isEqualTo(before);
                    }
                }
                plantLinks(server.files(), outside);
                assertThat(door.ask("LIST /planted recursive=true"))
                        .satisfies(GateIT::tellsNothing)
                        .anyMatch(line -> line.contains("to-folder") && line.contains("refused"));
                // Removing a folder removes the links in it, and never what they point to.
                door.ask("RMDIR /planted recursive=true");
                assertThat(beside(server)).isEqualTo(before);
            }
        }
    }

    /** The control: the same names do reach the canary where a name is just hung below the root. */
    @Test
    void aNaiveResolverDoesLeak() throws IOException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var outside = outside(server);
            plantLinks(server.files(), outside);

            assertThat(pointingOut(server, outside))
                    .anyMatch(name -> naive(server.files(), name).contains(SECRET));
            assertThat(throughLinks())
                    .anyMatch(name -> naive(server.files(), name).contains(SECRET));
            assertThat(NastyNames.all())
                    .filteredOn(nasty -> nasty.rule().contains(".."))
                    .anyMatch(nasty -> Files.exists(Path.of(server.files() + "/" + nasty.path())));

            var before = beside(server);
            Files.writeString(server.files().resolve("planted/to-folder/written"), EVIL);
            assertThat(beside(server)).isNotEqualTo(before);
        }
    }

    private static String naive(Path root, String name) {
        try {
            return Files.readString(Path.of(root + "/" + name));
        } catch (IOException | InvalidPathException unreachable) {
            return "";
        }
    }

    /** A folder beside what is served, with the canary and a file inside the tree that requests may name. */
    private static Path outside(RunningServer server) throws IOException {
        var outside = server.data().resolve("outside");
        Files.createDirectories(outside.resolve("cage"));
        Files.writeString(outside.resolve("cage").resolve(CANARY), SECRET);
        Files.writeString(outside.resolve(CANARY), SECRET);
        Files.writeString(server.files().resolve("inside.txt"), "inside");
        return outside;
    }

    private static List<String> pointingOut(RunningServer server, Path outside) {
        var canary = outside.resolve(CANARY).toAbsolutePath().toString();
        var up = "../".repeat(server.files().toAbsolutePath().getNameCount());
        var names = new ArrayList<String>();
        for (var step :
                List.of("../", "/../", "/inside.txt/../../", "a/../../", ".//../", "....//", "..;/", "%2e%2e/")) {
            names.add(step + "outside/" + CANARY);
            names.add(step + "outside");
        }
        names.addAll(List.of(canary, "/" + canary, up + canary, "file://" + canary, "/proc/self/root" + canary));
        names.addAll(List.of("..\\outside\\" + CANARY, "%2e%2e%2foutside%2f" + CANARY, "..%c0%afoutside/" + CANARY));
        names.addAll(List.of("../outside/" + CANARY + "\u0000.txt", "\uff0e\uff0e/outside/" + CANARY, "~/" + CANARY));
        return names;
    }

    private static List<String> throughLinks() {
        return Stream.of("to-file", "to-folder", "to-folder/" + CANARY, "to-folder/cage", "to-folder/cage/" + CANARY)
                .flatMap(name -> Stream.of("/planted/" + name, "/planted/chain/" + name))
                .toList();
    }

    /** Put back before every request: deleting a link itself is allowed. */
    private static void plantLinks(Path files, Path outside) throws IOException {
        var planted = Files.createDirectories(files.resolve("planted"));
        link(planted.resolve("to-file"), outside.resolve(CANARY));
        link(planted.resolve("to-folder"), outside);
        link(planted.resolve("chain"), Path.of("../planted"));
        Files.writeString(files.resolve("inside.txt"), "inside");
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    /** Every verb of the console that takes a name. */
    private static List<String> requests(String name) {
        var quoted = quoted(name);
        return List.of(
                "LIST " + quoted,
                "LIST " + quoted + " recursive=true digest=true",
                "STAT " + quoted,
                "DOWNLOAD " + quoted,
                "UPLOAD " + quoted + " size=4 if=any parents=true",
                "MKDIR " + quoted,
                "MOVE " + quoted + " /taken if=any",
                "MOVE /inside.txt " + quoted + " if=any",
                "DELETE " + quoted,
                "RMDIR " + quoted + " recursive=true");
    }

    /** A JSON string in which nothing but plain ASCII stands for itself, so that any name can be sent. */
    private static String quoted(String name) {
        var quoted = new StringBuilder("\"");
        name.chars().forEach(unit -> {
            if (unit > ' ' && unit < 0x7F && unit != '"' && unit != '\\') {
                quoted.append((char) unit);
            } else {
                quoted.append("\\u%04x".formatted(unit));
            }
        });
        return quoted.append('"').toString();
    }

    /** {@code LIST ""} asks for nothing in particular, as {@code LIST} does. */
    private static boolean isRoot(String request) {
        return request.startsWith("LIST \"\"");
    }

    private static void isRefused(List<? extends String> reply) {
        assertThat(reply)
                .singleElement()
                .satisfies(line -> assertThat(REFUSALS)
                        .anyMatch(code -> line.startsWith("ERR ") && line.contains("\"code\":\"" + code + "\"")));
    }

    private static void tellsNothing(List<? extends String> reply) {
        assertThat(reply).noneMatch(line -> line.startsWith("DATA ") && !line.contains("\"size\":4,"));
        assertThat(reply).noneMatch(line -> line.startsWith("ITEM ") && line.contains(CANARY));
        assertThat(String.join("\n", reply)).doesNotContain(SECRET);
    }

    /** What lies beside the served folder, but what the server itself keeps there. */
    private static Map<String, String> beside(RunningServer server) throws IOException {
        var all = everything(server.data().resolve("outside"));
        for (var folder : List.of(server.data(), server.data().resolve(".."))) {
            try (var names = Files.list(folder)) {
                names.map(path -> folder.relativize(path).toString())
                        .filter(name -> !name.startsWith("wherry") && !name.startsWith("server."))
                        .forEach(name -> all.put("beside " + name, ""));
            }
        }
        return all;
    }

    private static Map<String, String> everything(Path folder) throws IOException {
        var all = new TreeMap<String, String>();
        try (var paths = Files.walk(folder)) {
            for (var path : paths.toList()) {
                all.put(folder.relativize(path).toString(), Files.isRegularFile(path) ? Files.readString(path) : "");
            }
        }
        return all;
    }

    /** A connection that is made again whenever the server has closed it, as it does after a line that is too long. */
    private static final class Door implements AutoCloseable {
        private final RunningServer server;
        private WireClient client;

        Door(RunningServer server) throws IOException {
            this.server = server;
            this.client = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
        }

        /** All lines of the reply, up to the final one or to the content of a download. */
        List<String> ask(String request) throws IOException {
            client.say(request);
            if (request.startsWith("UPLOAD") && request.length() < LONGEST_LINE) {
                client.chunk(EVIL).say(WireClient.endMark(EVIL));
            }
            var lines = new ArrayList<String>();
            do {
                lines.add(client.line());
            } while (!isLast(lines.getLast()));
            if (lines.getLast().startsWith("DATA ") || lines.getLast().contains("\"line-too-long\"")) {
                client.close();
                client = WireClient.loggedIn(server, "admin", RunningServer.PASSWORD);
            }
            return lines;
        }

        private static boolean isLast(String line) {
            return line.startsWith("OK ") || line.startsWith("ERR ") || line.startsWith("DATA ");
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
