package dev.wherry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "UPLOAD A.txt, upload A.txt",
        "SUBFOLDER create A, mkdir A",
        "subfolder DELETE A, rmdir A",
        "subfolder, subfolder",
        "LIST_SERVER, ls -r /",
        "wherry put --resume 1 a, put --resume 1 a",
        "../scripts/wherry put --resume 1 a, put --resume 1 a",
        "wherry, wherry",
        "bye, quit",
        "?, help",
        "frobnicate Me, frobnicate Me"
    })
    void otherNamesStandForTheUsualOnes(String typed, String usual) {
        assertThat(String.join(" ", Names.usual(List.of(typed.split(" "))))).isEqualTo(usual);
    }
}
