package io.stemline.training.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.training.folder.FolderException;
import io.stemline.training.reporting.History.Point;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    Path folder;

    @Test
    void figuresAreLinesOfText() {
        // Given
        Path file = folder.resolve("runs/history.csv");

        // When
        try (var history = History.open(file, 0)) {
            history.add(new Point(1, 0.5, History.TRAINING_LOSS, 0.1));
            history.add(new Point(1, 0.5, History.validation("vocals"), Double.NaN));
            history.add(new Point(2, 1234.5678, History.LEARNING_RATE, 1e-5));
        }

        // Then
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo("""
                step,seconds,name,value
                1,0.5,loss/training,0.1
                1,0.5,validation/vocals,
                2,1234.568,learning-rate,1.0E-5
                """);
        assertThat(History.read(file))
                .containsExactly(
                        new Point(1, 0.5, "loss/training", 0.1),
                        new Point(1, 0.5, "validation/vocals", Double.NaN),
                        new Point(2, 1234.568, "learning-rate", 1e-5));
    }

    @Test
    void aRunThatGoesOnDropsWhatCameAfterItsCheckpoint() throws Exception {
        // Given: steps 0 to 5, the last one cut off when the process died
        Path file = folder.resolve("history.csv");
        try (var history = History.open(file, 0)) {
            for (int step = 0; step < 5; step++) {
                history.add(new Point(step, step, "loss/training", step));
            }
        }
        Files.writeString(file, "5,5.000,loss/training,12", StandardOpenOption.APPEND);

        // When
        try (var history = History.open(file, 3)) {
            history.add(new Point(3, 8, "loss/training", 30));
        }

        // Then
        assertThat(History.read(file)).extracting(Point::value).containsExactly(0.0, 1.0, 2.0, 30.0);
    }

    @Test
    void aLineThatIsCutOffDoesNotCount() throws Exception {
        // Given
        Path file = folder.resolve("history.csv");
        Files.writeString(file, "step,seconds,name,value\n1,1.000,loss/training,0.5\n2,2.000,loss/training,0.");

        // When / Then
        assertThat(History.read(file)).containsExactly(new Point(1, 1, "loss/training", 0.5));
    }

    @Test
    void aLineThatIsNoFigureIsNamed() throws Exception {
        // Given
        Path file = folder.resolve("history.csv");
        Files.writeString(file, "step,seconds,name,value\n1,1.000,loss/training,0.5\nx,2.000,loss/training,0.5\n");

        // When / Then
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(FolderException.class)
                .hasMessage(file + ": line 3 is not step,seconds,name,value (For input string: \"x\")");
    }

    @Test
    void aNameThatWouldBreakTheLineIsRefused() {
        // Given
        try (var history = History.open(folder.resolve("history.csv"), 0)) {

            // When / Then
            assertThatThrownBy(() -> history.add(new Point(0, 0, "a,b", 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'a,b' cannot be the name of a figure");
        }
    }
}
