package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a typed place on the server stands for. */
@Timeout(120)
final class RemoteTreeTest {
    private final Desk desk;

    RemoteTreeTest(@TempDir Path folder) {
        this.desk = new Desk(folder);
    }

    @BeforeEach
    void login() {
        desk.login();
    }

    @AfterEach
    void close() {
        desk.close();
        assertThat(desk.peer.failures()).isEmpty();
    }

    private void stored(String... paths) {
        for (var path : paths) {
            desk.server.put(path, path.getBytes(StandardCharsets.UTF_8), Instant.parse("2026-01-02T03:04:05Z"));
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
