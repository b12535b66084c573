package dev.wherry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What carries bytes has the compiler that knows how, under each of its names; what only asks starts sooner without.
 */
final class LauncherIT {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path temporary;

    private String options(String... command) {
        var client = new Client(temporary, Map.of("WHERRY_JAVA_OPTS", "-XX:+PrintCommandLineFlags"));
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
}
