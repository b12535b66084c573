package dev.wherry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
final class NativeLibraryTest {
    @TempDir
    private Path folder;

    @Test
    void whatAKilledServerLeftUnpackedIsRemovedAndNothingIsLeft(Vertx vertx) throws IOException {
        var own = Files.createDirectory(folder.resolve("native"));
        Files.write(own.resolve("sqlite-3.0-earlier-libsqlitejdbc.so"), new byte[100]);
        var database = SqliteDatabase.open(vertx, folder.resolve("wherry.db"));
        assertThat(own).isEmptyDirectory();
        database.close().await();
    }

    @Test
    void itIsUnpackedWhereOnlyTheOwnerMayWrite(Vertx vertx) throws IOException {
        SqliteDatabase.open(vertx, folder.resolve("wherry.db")).close().await();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("native"))))
                .isEqualTo("rwx------");
        assertThat(System.getProperty("org.sqlite.tmpdir"))
                .isEqualTo(folder.resolve("native").toString());
    }
}
