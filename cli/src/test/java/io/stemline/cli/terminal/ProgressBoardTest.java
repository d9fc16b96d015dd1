package io.stemline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.cli.terminal.ProgressBoard.Bar;
import io.stemline.cli.terminal.Terminal.Manner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressBoardTest {

    private final StringWriter messages = new StringWriter();

    @Test
    void barsAreDrawnAndTakenAwayAgain() {
        // Given
        var board = new ProgressBoard(terminal(new Manner(true, true, false, true, false)));

        // When
        board.show(List.of(new Bar("song", "separating", 0.5, "3:05"), new Bar("0 of 1 tracks", "", 0.45, "")));
        board.close();

        // Then
        assertThat(messages.toString())
                .contains("song" + " ".repeat(30) + "  separating    " + "━".repeat(15) + "─".repeat(15)
                        + "  50 %  3:05\n")
                .contains("  45 %\n")
                .endsWith("\u001b[F\u001b[F\u001b[J");
    }

    @Test
    void nothingIsDrawnWhereNobodyLooks() {
        // Given
        var board = new ProgressBoard(terminal(Manner.plain()));

        // When
        board.show(List.of(new Bar("song", "separating", 0.5, "")));
        board.close();

        // Then
        assertThat(messages.toString()).isEmpty();
    }

    @Test
    void plainLettersDoWhereOthersCannotBeShown() {
        // Given
        var board = new ProgressBoard(terminal(new Manner(true, true, false, false, false)));

        // When
        board.show(List.of(new Bar("song", "separating", 1, "")));

        // Then
        assertThat(messages.toString()).contains("#".repeat(30) + " 100 %");
    }

    private Terminal terminal(Manner manner) {
        return new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(messages), manner);
    }
}
