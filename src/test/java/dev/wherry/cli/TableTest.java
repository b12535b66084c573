package dev.wherry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columnsStandBelowEachOther() {
        var table = new Table("lrl").row("a", "12 B", "first").row("longer", "3 KiB", "second  ");
        assertThat(table.lines()).containsExactly("a        12 B  first", "longer  3 KiB  second");
    }

    @Test
    void whatNobodyHasTakesNoRoom() {
        assertThat(new Table("lll").row("a", "", "b").row("c", "", "d").lines()).containsExactly("a  b", "c  d");
    }

    @Test
    void wideAndUnseenCharactersAreMeasuredAsTheyAreShown() {
        var table = new Table("ll").row("日本", "x").row("a\u001b", "y");
        assertThat(table.lines()).containsExactly("日本     x", "a\\u001b  y");
    }

    @Test
    void cellsOfCsvAreQuotedWhereTheyMustBe() {
        assertThat(Csv.cell("/plain name")).isEqualTo("/plain name");
        assertThat(Csv.cell("a,\"b\"")).isEqualTo("\"a,\"\"b\"\"\"");
        assertThat(Csv.cell(12L)).isEqualTo("12");
    }
}
