package io.stemline.training.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.training.folder.ModelFolder.Purpose;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    @TempDir
    Path around;

    @Test
    void filesLieWhereAuralflowHasThem() {
        // Given
        Path path = around.resolve("my_model");

        // When
        ModelFolder folder = ModelFolder.at(path);

        // Then
        assertThat(folder.name()).isEqualTo("my_model");
        assertThat(folder.configuration()).isEqualTo(path.resolve("config.json"));
        assertThat(folder.checkpoint("last.bin")).isEqualTo(path.resolve("checkpoint/last.bin"));
        assertThat(folder.evaluation()).isEqualTo(path.resolve("evaluation.csv"));
        assertThat(folder.audio()).isEqualTo(path.resolve("audio"));
        assertThat(folder.images()).isEqualTo(path.resolve("images"));
        assertThat(folder.runs()).isEqualTo(path.resolve("runs"));
        assertThat(folder.history()).isEqualTo(path.resolve("runs/history.csv"));
        assertThat(folder.curves()).isEqualTo(path.resolve("curves.svg"));
    }

    @Test
    void aNewModelGetsAFolderOfItsOwn() throws Exception {
        // Given
        Path taken = Files.createDirectories(around.resolve("music"));
        Files.createFile(taken.resolve("song.mp3"));
        Path file = Files.createFile(around.resolve("file"));
        ModelFolder model = ModelFolder.at(around.resolve("models/one")).create();
        Files.createFile(model.configuration());

        // When / Then
        assertThat(model.path()).isDirectory();
        assertThatThrownBy(model::create)
                .hasMessage(model.path()
                        + ": there is a model of this name already; change its settings, or choose another name");
        assertThatThrownBy(() -> ModelFolder.at(taken).create())
                .hasMessage(taken + ": the folder holds other files and no model; choose another name");
        assertThatThrownBy(() -> ModelFolder.at(file).create())
                .hasMessage(file + ": is a file; a model needs a folder");
    }

    @Test
    void whatIsMissingIsSaidWithWhatMakesIt() throws Exception {
        // Given
        Path path = around.resolve("my_model");
        ModelFolder folder = ModelFolder.at(path);

        // When / Then
        assertThatThrownBy(() -> folder.requireFor(Purpose.TRAINING))
                .hasMessage(path + ": there is no such model folder; `stemline config " + path
                        + " ARCHITECTURE` makes one");
        Files.createDirectories(path);
        assertThatThrownBy(() -> folder.requireFor(Purpose.TRAINING))
                .hasMessage(path + ": is no model folder, because it has no config.json; `stemline config " + path
                        + " ARCHITECTURE` makes one");
        Files.createFile(folder.configuration());
        assertThat(folder.requireFor(Purpose.TRAINING)).isSameAs(folder);
        Files.createDirectories(folder.checkpoints());
        Files.createFile(folder.checkpoint("last.bin" + WholeFile.UNFINISHED));
        assertThatThrownBy(() -> folder.requireFor(Purpose.EVALUATION))
                .hasMessage(path + ": has no checkpoint yet; `stemline train " + path + " DATASET` makes the first");
        Files.createFile(folder.checkpoint("last.bin"));
        assertThat(folder.requireFor(Purpose.EXPORT)).isSameAs(folder);
        assertThatThrownBy(() -> folder.requireFor(Purpose.SEPARATION))
                .hasMessage(path + ": has no exported model yet; " + path.resolve("exported/my_model")
                        + " appears when training ends");
        Files.createDirectories(folder.exported().resolve("my_model"));
        Files.createFile(folder.exported().resolve("my_model/model.json"));
        assertThat(folder.requireFor(Purpose.SEPARATION)).isSameAs(folder);
    }

    @Test
    void aFileWhereTrainingNeedsAFolderIsNamedBeforeTraining() throws Exception {
        // Given
        ModelFolder folder = ModelFolder.at(around.resolve("my_model")).create();
        Files.createFile(folder.configuration());
        Files.createFile(folder.images());

        // When / Then
        assertThatThrownBy(() -> folder.requireFor(Purpose.TRAINING))
                .hasMessage(folder.images() + ": is a file where training needs a folder; move it away");
    }

    @Test
    void aSecondTrainerInTheSameProcessIsKeptOut() {
        // Given
        ModelFolder folder = ModelFolder.at(around.resolve("my_model")).create();

        // When / Then
        try (FolderLock lock = folder.lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(folder::lock)
                    .isInstanceOf(FolderException.class)
                    .hasMessageStartingWith(folder.path() + ": another trainer is at work in it (process "
                            + ProcessHandle.current().pid() + " on ");
        }
        folder.lock().close();
    }

    @Test
    void aTrainerInAnotherProcessKeepsTheFolderUntilItDies() throws Exception {
        // Given
        ModelFolder folder = ModelFolder.at(around.resolve("my_model")).create();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.path().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo("locked");

            // When / Then
            assertThatThrownBy(folder::lock)
                    .hasMessageStartingWith(
                            folder.path() + ": another trainer is at work in it (process " + other.pid() + " on ");
        } finally {
            other.destroyForcibly().waitFor();
        }
        folder.lock().close();
    }

    /** A trainer that locks and then waits to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            FolderLock lock = ModelFolder.at(Path.of(arguments[0])).lock();
            System.out.println("locked");
            int end = System.in.read();
            lock.close();
            System.exit(end);
        }
    }
}
