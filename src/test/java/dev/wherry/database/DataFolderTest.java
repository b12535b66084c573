package dev.wherry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.fault.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void aMissingFolderIsMadeForItsOwnerOnly() throws IOException {
        try (var data = DataFolder.open(folder.resolve("deep/data"))) {
            assertThat(data.isNew()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.path().resolve("lock"))))
                    .isEqualTo("rw-------");
            assertThat(data.database()).isEqualTo(folder.resolve("deep/data/wherry.db"));
        }
        try (var again = DataFolder.open(folder.resolve("deep/data"))) {
            assertThat(again.isNew()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxr-----", "rwx---r--", "rwx-w----"})
    void aFolderWithSomethingInItThatOthersCanReadIsRefused(String mode) throws IOException {
        Files.createFile(folder.resolve("something"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> DataFolder.open(folder))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("chmod 700 '" + folder + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-xr-x", "rwxrwxrwx"})
    void anEmptyFolderThatOthersCanReadBecomesItsOwnersAlone(String mode) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
        DataFolder.open(folder).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileInTheWayIsSaid() throws IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(FaultException.class)
                .hasMessage("the data folder " + file + " cannot be used: " + file
                        + " is a file; name a folder with --data");
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("cannot be used: ")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void theSameProcessCannotHaveItTwice() {
        try (var first = DataFolder.open(folder)) {
            assertThatThrownBy(() -> DataFolder.open(first.path()))
                    .isInstanceOf(FaultException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }
        DataFolder.open(folder).close();
    }

    @Test
    void aSecondProcessIsRefusedAndNamesTheFirst() throws Exception {
        try (var first = DataFolder.open(folder)) {
            assertThat(secondProcess())
                    .contains("in use by process " + ProcessHandle.current().pid());
            assertThat(first.isNew()).isFalse();
        }
        assertThat(secondProcess()).as("the control").contains("has it");
    }

    private String secondProcess() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Holder.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    /** The second process. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            try (var data = DataFolder.open(Path.of(arguments[0]))) {
                System.out.println("has it: " + data.path());
            } catch (FaultException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
