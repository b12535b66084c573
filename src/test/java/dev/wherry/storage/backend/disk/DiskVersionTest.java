package dev.wherry.storage.backend.disk;

import static dev.wherry.storage.backend.Outcome.fault;
import static dev.wherry.storage.backend.Outcome.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wherry.fault.Fault;
import dev.wherry.path.Etag;
import dev.wherry.storage.backend.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

/** The version and digest of a file are told while they are true, and not a moment longer. */
class DiskVersionTest extends DiskFixture {

    @Test
    void anEditedFileIsAnotherVersionWithoutADigest() throws IOException {
        var before = put("/a", new byte[] {1, 2, 3});
        Files.write(root().resolve("a"), new byte[] {4, 5, 6});

        var after = stat("/a");
        assertThat(after.etag()).isPresent().isNotEqualTo(before.etag());
        assertThat(after.sha256()).isEmpty();
        assertThat(fault(backend.publish(sealed(new byte[1]), path("/a"), version(before), NO_PARENTS))
                        .fault())
                .isEqualTo(Fault.CHANGED);
        assertThat(list("/")).containsExactly(after);
    }

    @Test
    void aFileWithoutTheAttributeHasAVersionThatFollowsEveryChange() throws Exception {
        var file = root().resolve("a");
        var seen = new HashSet<Etag>();
        Files.writeString(file, "one");
        var time = FileTime.from(Instant.parse("2020-01-01T00:00:00.5Z"));
        Files.setLastModifiedTime(file, time);
        seen.add(stat("/a").etag().orElseThrow());
        assertThat(seen).contains(stat("/a").etag().orElseThrow());
        // The clock that the system stamps files with ticks slowly: the change is made until it shows.
        await().until(() -> {
            Files.writeString(file, "two");
            Files.setLastModifiedTime(file, time);
            return seen.add(stat("/a").etag().orElseThrow());
        });
        Files.writeString(file, "three");
        seen.add(stat("/a").etag().orElseThrow());

        assertThat(seen).hasSize(3).allMatch(etag -> etag.value().startsWith("m-"));
        assertThat(stat("/a").sha256()).isEmpty();
    }

    @Test
    void anAttributeThatIsGoneOrUnreadableIsNoVersion() throws IOException {
        var before = put("/a", new byte[] {1});
        var view = Files.getFileAttributeView(root().resolve("a"), UserDefinedFileAttributeView.class);
        for (var text : new String[] {
            "", "2 future", "x".repeat(2_000), "1 ok " + "0".repeat(64) + " 1 99999999999999999.000000000"
        }) {
            view.write("wherry", ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            assertThat(stat("/a").sha256()).as(text).isEmpty();
            assertThat(stat("/a").etag()).isPresent().isNotEqualTo(before.etag());
        }
        view.delete("wherry");
        assertThat(stat("/a").etag()).isPresent().isNotEqualTo(before.etag());
        assertThat(read("/a")).containsExactly(1);
    }

    @Test
    void aFileThatIsWrittenIntoWhileItIsReadFails() throws IOException {
        put("/a", new byte[100]);
        var content = result(backend.open(path("/a")));
        assertThat(result(content.read(0, 50)).length()).isEqualTo(50);
        Files.write(root().resolve("a"), new byte[100], StandardOpenOption.WRITE);
        assertThat(fault(content.read(50, 50)).fault()).isEqualTo(Fault.CHANGED);
        content.close();
    }

    @Test
    void aFileThatIsCutWhileItIsReadFails() throws IOException {
        put("/a", new byte[100]);
        var content = result(backend.open(path("/a")));
        Files.write(root().resolve("a"), new byte[10]);
        assertThat(fault(content.read(0, 100)).fault()).isEqualTo(Fault.CHANGED);
        content.close();
    }

    @Test
    void aDigestIsRecordedForAnOperatorsFileAndItsVersionStays() throws IOException {
        Files.writeString(root().resolve("a"), "operator's");
        var before = stat("/a");
        var content = result(backend.open(path("/a")));
        var other = result(backend.open(path("/a")));
        result(content.record(sha256("operator's".getBytes(StandardCharsets.US_ASCII))));
        content.close();

        assertThat(stat("/a").etag()).isEqualTo(before.etag());
        assertThat(stat("/a").sha256()).isPresent();
        assertThat(result(other.read(0, 100)).length()).isEqualTo(10);
        other.close();
    }

    @Test
    void aDigestIsNotRecordedForAFileThatChangedMeanwhile() throws IOException {
        Files.writeString(root().resolve("a"), "one");
        var content = result(backend.open(path("/a")));
        Files.writeString(root().resolve("a"), "other");
        result(content.record(sha256("one".getBytes(StandardCharsets.US_ASCII))));
        content.close();
        assertThat(stat("/a").sha256()).isEmpty();
    }

    @Test
    void filesAndFoldersHaveTheConfiguredModes() throws IOException {
        put("/x/y/a", new byte[] {1});
        Files.setPosixFilePermissions(root().resolve("x"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(runs("chmod", "2770", root().resolve("x").toString())).isTrue();
        result(backend.makeFolder(path("/x/inherits"), NO_PARENTS));

        assertThat(mode("x/y/a")).isEqualTo(0640);
        assertThat(mode("x/y")).isEqualTo(0750);
        assertThat(mode("x/inherits")).isEqualTo(02750);
        assertThat(mode(".wherry-staging")).isEqualTo(0700);
    }

    private int mode(String name) throws IOException {
        return (int) Files.getAttribute(root().resolve(name), "unix:mode") & 07777;
    }

    private Entry stat(String path) {
        return result(backend.stat(path(path)));
    }
}
