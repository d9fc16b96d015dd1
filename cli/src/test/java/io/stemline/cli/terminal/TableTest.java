package io.stemline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {

    private static final Style PLAIN = new Style(false);

    @Test
    void columnsAreAlignedAndNumbersStandAtTheRight() {
        // Given
        var table = Table.of("track", ">length", "stems");
        table.row("a", "0:03", "4");
        table.row("a longer one", "1:02:03", "4");

        // When
        String text = table.render(PLAIN);

        // Then
        assertThat(text.lines())
                .containsExactly(
                        "track          length  stems", "a                0:03  4", "a longer one  1:02:03  4");
    }

    @Test
    void wideLettersCountTwiceAndAccentsNotAtAll() {
        // Given
        var table = Table.of("track", "x");
        table.row("日本", "1");
        table.row("e\u0301e\u0301", "2");
        table.row("🎧", "3");

        // When
        String text = table.render(PLAIN);

        // Then
        assertThat(text.lines().skip(1)).containsExactly("日本   1", "e\u0301e\u0301     2", "🎧     3");
    }

    @Test
    void namesCannotRepaintTheTerminal() {
        // Given
        var table = Table.of("track").row("evil\u001b[2Jname\nof two lines");

        // When
        String text = table.render(PLAIN);

        // Then
        assertThat(text.lines()).containsExactly("track", "evil\uFFFD[2Jname\uFFFDof two lines");
    }

    @Test
    void rightToLeftNamesLeaveTheirNeighboursInPlace() {
        // Given
        var table = Table.of("track", ">length").row("שלום", "0:03");

        // When
        String row = table.render(PLAIN).lines().skip(1).findFirst().orElseThrow();

        // Then
        assertThat(row).startsWith("\u2068שלום\u2069").endsWith("0:03");
    }

    @Test
    void namesThatAreTooLongAreCut() {
        // Given
        var table = Table.of("track").row("x".repeat(100));

        // When
        String row = table.render(PLAIN).lines().skip(1).findFirst().orElseThrow();

        // Then
        assertThat(row).isEqualTo("x".repeat(59) + "…");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        // Given
        var table = Table.of("track", "length");

        // When
        var row = assertThatThrownBy(() -> table.row("only one"));

        // Then
        row.isInstanceOf(IllegalArgumentException.class).hasMessage("1 cells for 2 columns");
    }
}
