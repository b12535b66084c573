package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*.gz, a.gz, true",
        "*.gz, a.gzip, false",
        "*, .hidden, false",
        ".*, .hidden, true",
        "?.txt, é.txt, true",
        "?.txt, ab.txt, false",
        "[a-c].txt, b.txt, true",
        "[a-c].txt, d.txt, false",
        "[!a-c].txt, d.txt, true",
        "[]a].txt, ].txt, true",
        "a.b, axb, false",
        "(x)*, (x)1, true",
        "[a&&b], &, true",
        "[, [, true",
        "*, 'a b', true"
    })
    void globsAreThoseOfAShell(String glob, String name, boolean matches) {
        assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
    }
}
