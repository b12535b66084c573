package dev.wherry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wherry.tidy.Banned;
import dev.wherry.tidy.Folder;
import dev.wherry.tidy.Rule;
import dev.wherry.tidy.Shape;
import dev.wherry.tidy.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Style that is a test. Each rule has a control: a source that it must find fault with. */
final class TidyTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");

    /** For each banned call, a statement that uses it and one that does not. */
    private static final Map<String, List<String>> CALLS = Map.of(
            "executeBlocking", List.of("pool.executeBlocking(work);", "pool.executeBlocking(work, false);"),
            "sleep", List.of("Thread.sleep(10);", "latch.await(10, SECONDS);"),
            "print", List.of("System.out.println(1);", "log.info(\"1\");"),
            "printStackTrace", List.of("failure.printStackTrace();", "log.error(\"it failed\", failure);"),
            "ATOMIC_MOVE", List.of("Files.move(a, b, ATOMIC_MOVE);", "Files.move(a, b);"),
            "await", List.of("future.await();", "future.compose(next);"),
            "pipeTo", List.of("source.pipeTo(sink);", "source.pipe().endOnFailure(false).to(sink);"),
            "sendFile", List.of("response.sendFile(name);", "response.send(name);"),
            "path from text", List.of("root.resolve(folder + \"/\" + name);", "root.resolve(folder).resolve(name);"));

    @TempDir
    private Path folder;

    @Test
    void everySourceKeepsToItsShape() throws IOException {
        assertThat(violations(Shape.all(), sources())).isEmpty();
    }

    @Test
    void noSourceUsesWhatIsBanned() throws IOException {
        assertThat(violations(Banned.all(), sources())).isEmpty();
    }

    @Test
    void everyPackageIsNullChecked() throws IOException {
        assertThat(Folder.unmarked(List.of(MAIN, TESTS))).isEmpty();
    }

    @Test
    void nothingNamesAFolderOfOneMachine() throws IOException {
        assertThat(Folder.machinePaths(Path.of(""))).isEmpty();
    }

    /** Windows' own shell jumps to the wrong label in a script whose lines end otherwise. */
    @Test
    void everyLineEndsAsItsReaderExpects() throws IOException {
        assertThat(Folder.lineEnds(Path.of(""))).isEmpty();
    }

    @Test
    void everyBannedCallIsFoundAndItsReplacementIsNot() {
        assertThat(CALLS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Banned.all().stream().map(Banned::name).toList());
        for (var banned : Banned.all()) {
            var statements = CALLS.getOrDefault(banned.name(), List.of());
            assertThat(violations(List.of(banned), List.of(main("path/Planted", statements.getFirst()))))
                    .as(banned.name())
                    .hasSize(1);
            assertThat(violations(List.of(banned), List.of(main("path/Planted", statements.getLast()))))
                    .as("what to write instead of " + banned.name())
                    .isEmpty();
        }
    }

    @Test
    void anExceptionHoldsForItsPlaceAlone() {
        assertThat(violations(Banned.all(), List.of(main("cli/Planted", "future.await();"))))
                .isEmpty();
        assertThat(violations(Banned.all(), List.of(main("clients/Planted", "future.await();"))))
                .hasSize(1);
    }

    @Test
    void someCallsAreForbiddenInTestsToo() {
        var test = Source.of("src/test/java/dev/wherry/PlantedTest.java", type("Thread.sleep(1); future.await();"));

        assertThat(violations(Banned.all(), List.of(test)))
                .hasSize(1)
                .first()
                .asString()
                .contains("sleep");
    }

    @Test
    void everyRuleOfShapeFindsItsViolation() {
        assertShape(1, main("path/Planted", "\n".repeat(401)), "lines, more than 400");
        assertShape(
                1,
                main(
                        "path/PlantedVerticle",
                        "\n".repeat(60) + "}\nvoid more() {" + "\n".repeat(60) + "}\nvoid most() {" + "\n".repeat(60)),
                "a verticle only wires");
        assertShape(1, main("path/Planted", "go(" + "1 + ".repeat(40) + "1);"), "longer than 120");
        assertShape(1, main("path/Planted", "// TO" + "DO later"), "unfinished");
        assertShape(1, main("path/PathUtil", "go();"), "a name that says nothing");
        assertShape(1, main("helper/Path", "go();"), "a name that says nothing");
        assertShape(1, main("path/Planted", "go();\n".repeat(70)), "lines, more than 70");
        assertShape(0, main("path/Planted", "go();\n".repeat(60)));
    }

    @Test
    void aPackageWithoutItsMarkIsFound() throws IOException {
        Files.createDirectories(folder.resolve("bare"));
        Files.writeString(folder.resolve("bare").resolve("Planted.java"), type("go();"));

        assertThat(Folder.unmarked(List.of(folder))).hasSize(1);

        Files.writeString(folder.resolve("bare").resolve("package-info.java"), "@NullMarked\npackage bare;");
        assertThat(Folder.unmarked(List.of(folder))).isEmpty();
    }

    @Test
    void aFolderOfOneMachineIsFound() {
        assertThat(Folder.machinePaths("planted", "cd /ho" + "me/alice/wherry")).hasSize(1);
        assertThat(Folder.machinePaths("planted", "cd /ro" + "ot/.m2")).hasSize(1);
        assertThat(Folder.machinePaths("planted", "see /etc/wherry/wherry.json and ${HOME}/work/x"))
                .isEmpty();
    }

    @Test
    void aWrongLineEndIsFound() {
        assertThat(Folder.lineEnds("planted.cmd", "echo\n")).hasSize(1);
        assertThat(Folder.lineEnds("planted.cmd", "echo\r\necho\n")).hasSize(1);
        assertThat(Folder.lineEnds("planted.cmd", "echo\r\n")).isEmpty();
        assertThat(Folder.lineEnds("planted.sh", "echo\r\n")).hasSize(1);
        assertThat(Folder.lineEnds("planted.sh", "echo\n")).isEmpty();
    }

    private static void assertShape(int expected, Source source, String... said) {
        var violations = violations(Shape.all(), List.of(source)).stream()
                .filter(line -> said.length == 0 || line.contains(said[0]))
                .toList();
        assertThat(violations)
                .hasSize(expected)
                .allSatisfy(line -> assertThat(line).contains(said));
    }

    private static List<String> violations(List<? extends Rule> rules, List<Source> sources) {
        return sources.stream()
                .flatMap(source -> rules.stream().flatMap(rule -> rule.violations(source)))
                .toList();
    }

    private static List<Source> sources() throws IOException {
        var sources = Source.below(List.of(MAIN, TESTS));
        assertThat(sources).as("the sources were found").hasSizeGreaterThan(50);
        return sources;
    }

    private static Source main(String name, String statements) {
        return Source.of("src/main/java/dev/wherry/" + name + ".java", type(statements));
    }

    private static String type(String statements) {
        return "final class Planted { void run() {\n" + statements + "\n} }\n";
    }
}
