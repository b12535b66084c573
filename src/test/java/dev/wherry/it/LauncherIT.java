package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What carries bytes has the compiler that knows how, under each of its names; what only asks starts sooner without.
 */
final class LauncherIT {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    /** The launcher keeps Java from saying anything in a client's output. */
    private static final String TOLD = "-XX:+UnlockDiagnosticVMOptions -XX:+DisplayVMOutput";

    /** How Java tells that its second compiler took a method. */
    private static final String SECOND_COMPILER = "(?m)^ *\\d+ +\\d+[ %s!bn]+4 +";

    @TempDir
    Path temporary;

    private String options(String... command) {
        var client = new Client(temporary, Map.of("WHERRY_JAVA_OPTS", TOLD + " -XX:+PrintCommandLineFlags"));
        return client.run(command).out();
    }

    @Test
    void whatCarriesBytesCompilesThemWell() {
        assertThat(options("ls", "--help")).contains(QUICK);
        for (var command : new String[] {"put", "upload", "get", "download", "sync", "shell"}) {
            assertThat(options(command, "--help")).as(command).contains("-XX:").doesNotContain(QUICK);
        }
        assertThat(options("ls", "--sums", "--help")).contains("-XX:").doesNotContain(QUICK);
    }

    /** One field of the wrong class costs each command a third of its time. */
    @Test
    void aClientLoadsNothingThatOnlyAServerNeeds() {
        var client = new Client(temporary, Map.of("WHERRY_JAVA_OPTS", TOLD + " -Xlog:class+load"));
        assertThat(client.run("--version").out())
                .contains("picocli.CommandLine")
                .doesNotContain(" ch.qos.logback.", " io.vertx.core.Vertx ", " org.sqlite.");
    }

    /** Otherwise a digest takes ten times as long, or a command compiles more than it works. */
    @Test
    void onlyDigestsGoToTheSecondCompiler() throws IOException {
        try (var server = RunningServer.start(temporary.resolve("server"))) {
            var client = new Client(temporary, server.clientEnvironment());
            try (var file = new RandomAccessFile(temporary.resolve("large").toFile(), "rw")) {
                file.setLength(128 << 20);
            }
            var compiled = client.with("WHERRY_JAVA_OPTS", TOLD + " -XX:+PrintCompilation")
                    .must("put", "large", ":/")
                    .out();
            assertThat(compiled)
                    .containsPattern(SECOND_COMPILER + "sun\\.security\\.provider\\.DigestBase::")
                    .doesNotContainPattern(SECOND_COMPILER + "dev\\.wherry\\.")
                    .doesNotContainPattern(SECOND_COMPILER + "picocli\\.");
            assertThat(client.must("get", ":/large", "back").out()).doesNotContain("directives");
        }
    }
}
