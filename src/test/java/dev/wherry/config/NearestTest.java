package dev.wherry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "port,port,0",
        "PORT,port,0",
        "prot,port,1",
        "por,port,1",
        "sport,port,1",
        "pork,port,1",
        "'',port,4",
        "abc,xyz,3",
        "ab,ba,1"
    })
    void theDistanceCountsLetters(String one, String other, int distance) {
        assertThat(Nearest.distance(one, other)).isEqualTo(distance);
        assertThat(Nearest.distance(other, one)).isEqualTo(distance);
    }

    @Test
    void whatIsFarFromEverythingHasNoNeighbour() {
        assertThat(Nearest.word("elephant", List.of("port", "host"))).isEmpty();
        assertThat(Nearest.word("hots", List.of("port", "host"))).contains("host");
    }

    @Test
    void theRightKeyInTheWrongGroupIsNear() {
        assertThat(Nearest.key("console.maxHeader", List.of("console.maxLine", "http.maxHeader")))
                .contains("http.maxHeader");
    }
}
