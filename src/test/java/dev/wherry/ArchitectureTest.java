package dev.wherry;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the classes to the tables of {@code src/docs/architecture.md}. Change the table first. */
final class ArchitectureTest {
    private static final String ROOT = "dev.wherry";
    /** A small copy of the house with every kind of mistake in it: what the rules find here, they would find there. */
    private static final String PLANTED = "dev.wherry.planted";

    private ArchitectureTable table;

    @BeforeEach
    void readTheTable() throws IOException {
        table = ArchitectureTable.read();
    }

    @Test
    void everyUseIsInTheTable() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);

        assertThat(classes.size()).as("the classes were found").isGreaterThan(50);
        assertThat(violations(classes, ROOT)).isEmpty();
    }

    @Test
    void everyPackageOfTheTableExists() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        var found = new TreeSet<String>();
        classes.forEach(each -> found.add(name(each, ROOT)));

        assertThat(found).containsAll(table.edges().keySet());
    }

    @Test
    void everyPlantedViolationIsFound() {
        var violations = violations(new ClassFileImporter().importPackages(PLANTED), PLANTED);

        assertThat(violations)
                .anyMatch(line -> line.startsWith("door.console may not use door.http"))
                .anyMatch(line -> line.startsWith("storage may not use storage.backend.disk"))
                .anyMatch(line -> line.startsWith("storage may not use java.nio.file.Files"))
                .anyMatch(line -> line.startsWith("storage may not use io.vertx.core.eventbus.EventBus"))
                .anyMatch(line -> line.startsWith("client may not use io.vertx.core.Vertx"))
                .anyMatch(line -> line.startsWith("misplaced is not in the table"))
                .noneMatch(line -> line.startsWith("storage may not use path"))
                .noneMatch(line -> line.startsWith("storage.backend.disk may not use java.nio.file.Files"));
    }

    @Test
    void nothingUsesWhatUsesIt() {
        for (var name : table.edges().keySet()) {
            assertThat(reached(name))
                    .as("what %s uses, directly and through others", name)
                    .doesNotContain(name);
        }
    }

    @Test
    void everyNameInTheTableIsAPackageOfTheTable() {
        table.edges()
                .forEach((name, uses) -> assertThat(table.edges().keySet())
                        .as("what %s may use", name)
                        .containsAll(uses));
        table.reaches()
                .forEach(reach -> assertThat(table.edges().keySet())
                        .as("who may use %s", reach.outside())
                        .containsAll(reach.only()));
    }

    /** One line for each edge that the tables lack, with the first use that makes it. */
    private List<String> violations(JavaClasses classes, String root) {
        var violations = new TreeMap<String, String>();
        for (var each : classes) {
            var from = name(each, root);
            if (!table.knows(from)) {
                violations.putIfAbsent(from + " is not in the table", each.getName());
                continue;
            }
            for (var dependency : each.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass().getBaseComponentType();
                complaint(from, target, root)
                        .ifPresent(complaint -> violations.putIfAbsent(complaint, dependency.getDescription()));
            }
        }
        return violations.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .toList();
    }

    private Optional<String> complaint(String from, JavaClass target, String root) {
        if (isBelow(target.getPackageName(), root)) {
            var to = name(target, root);
            return table.allows(from, to) ? Optional.empty() : Optional.of(from + " may not use " + to);
        }
        return table.forbids(from, target.getName())
                .map(reach -> from + " may not use " + target.getName() + ", only " + reach.only());
    }

    private Set<String> reached(String start) {
        var reached = new LinkedHashSet<String>();
        var waiting = new ArrayDeque<>(table.edges().getOrDefault(start, Set.of()));
        while (!waiting.isEmpty()) {
            var next = waiting.poll();
            if (reached.add(next)) {
                waiting.addAll(table.edges().getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }

    private static boolean isBelow(String packageName, String root) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }

    /** The package as the table names it. */
    private static String name(JavaClass each, String root) {
        var packageName = each.getPackageName();
        return packageName.equals(root) ? "Main" : packageName.substring(root.length() + 1);
    }
}
