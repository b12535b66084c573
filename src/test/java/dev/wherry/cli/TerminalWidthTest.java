package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalWidthTest {
    @Test
    void whereNoTerminalIsAUsualWidthDoes() {
        assertThat(new TerminalWidth(Map.of()).columns()).isPositive();
        assertThat(new TerminalWidth(Map.of("COLUMNS", "33")).columns()).isEqualTo(33);
    }
}
