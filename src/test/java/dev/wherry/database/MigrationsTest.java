package dev.wherry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The newest migration is found wherever the program lies. */
final class MigrationsTest {
    private static final List<String> NAMES = List.of(
            "db/migration/V2__b.sql", "db/migration/V10__c.sql", "db/migration/notes.txt", "db/other/V99__x.sql");

    @TempDir
    private Path folder;

    @Test
    void theNewestMigrationIsFoundInAJar() throws IOException {
        var file = folder.resolve("wherry.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("db/migration/"));
            for (var name : NAMES) {
                jar.putNextEntry(new JarEntry(name));
            }
        }
        var inside = URI.create("jar:" + file.toUri() + "!/db/migration").toURL();

        assertThat(new Migrations("db/migration").newest(inside)).isEqualTo(10);
    }

    @Test
    void theNewestMigrationIsFoundInAFolder() throws IOException {
        for (var name : NAMES) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.createFile(folder.resolve(name));
        }

        assertThat(new Migrations("db/migration")
                        .newest(folder.resolve("db/migration").toUri().toURL()))
                .isEqualTo(10);
    }
}
