package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a typed place on the server stands for. */
@Timeout(120)
final class RemoteTreeTest extends DeskFixture {
    RemoteTreeTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeEach
    void login() {
        desk.login();
    }

    private void stored(String... paths) {
        for (var path : paths) {
            store(path, path);
        }
    }

    @Test
    void aNameThatExistsAsItWasTypedIsMeantAndNoOther() {
        stored("/g/a[1].txt", "/g/a1.txt", "/[x]/1.txt", "/x/1.txt", "/x/2.txt");
        assertThat(desk.wherry("rm", ":/g/a[1].txt")).as(desk.said()).isZero();
        assertThat(desk.server.file("/g/a[1].txt")).isEmpty();
        assertThat(desk.server.file("/g/a1.txt")).isPresent();
        assertThat(desk.wherry("rm", ":/[x]/*.txt")).as(desk.said()).isZero();
        assertThat(desk.server.file("/[x]/1.txt")).isEmpty();
        assertThat(desk.server.file("/x/1.txt")).isPresent();
        assertThat(desk.wherry("rm", ":/g/a[1].txt")).as("now it is a pattern").isZero();
        assertThat(desk.server.file("/g/a1.txt")).isEmpty();
    }

    @Test
    void aPlainNameBehindAGlobIsMeantWhereItExists() {
        stored("/m/p/i.html", "/m/q/other.html", "/m/r/sub/i.html", "/m/file");
        assertThat(desk.wherry("get", ":/m/*/i.html", desk.path("out") + "/"))
                .as(desk.said())
                .isZero();
        assertThat(desk.folder.resolve("out/i.html")).hasContent("/m/p/i.html");
        assertThat(desk.wherry("rm", ":/m/*/sub/i.html")).as(desk.said()).isZero();
        assertThat(desk.server.file("/m/r/sub/i.html")).isEmpty();
        assertThat(desk.wherry("rm", ":/m/*/none")).isEqualTo(5);
        assertThat(desk.err()).contains("/m/*/none");
    }
}
