package io.stemline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StftLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelsCommandTest {

    @TempDir
    private Path folder;

    private Path home;
    private Path data;

    @BeforeEach
    void installation() throws IOException {
        home = folder.resolve("home");
        data = folder.resolve("data");
        System.setProperty("stemline.home", home.toString());
        model(home, "bundled", Origin.builtIn());
        Files.writeString(home.resolve("models/default"), "bundled\n");
        model(data, "theirs", Origin.imported("https://example.org/theirs.tar.gz"));
    }

    @AfterEach
    void noInstallation() {
        System.clearProperty("stemline.home");
    }

    @Test
    void modelsOfTheInstallationAndOfTheDataFolderAreListed() throws IOException {
        // When
        Cli cli = models("list", "--json");

        // Then
        assertThat(new ObjectMapper().readTree(cli.out()).findValuesAsText("id"))
                .contains("bundled", "theirs");
    }

    @Test
    void whereAModelCameFromIsShown() {
        // When
        Cli cli = models("show", "theirs");

        // Then
        assertThat(cli.out()).contains("origin          imported from https://example.org/theirs.tar.gz");
    }

    @Test
    void aModelIsRemovedAndWhatWasRemovedIsSaid() {
        // When
        Cli cli = models("remove", "theirs", "-y");

        // Then
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).isEqualTo("Removed theirs (" + data.resolve("models/theirs") + ").\n");
        assertThat(data.resolve("models")).isEmptyDirectory();
    }

    @Test
    void nothingIsRemovedWhereNobodyCanBeAsked() {
        // When
        Cli cli = models("remove", "theirs");

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("nobody is here to ask whether", "say -y");
        assertThat(data.resolve("models/theirs/model.json")).isRegularFile();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bundled          | 'bundled' is part of Stemline and stays
            null             | 'null' is part of Stemline and stays
            repet            | 'repet' is part of Stemline and stays
            nonsense         | there is no model 'nonsense'; there are:
            ../models/theirs | there is no model '../models/theirs'; there are:
            """)
    void whatIsNotAModelOfTheDataFolderStays(String id, String sentence) {
        // When
        Cli cli = models("remove", id, "-y");

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains(sentence);
        assertThat(home.resolve("models/bundled/model.json")).isRegularFile();
        assertThat(data.resolve("models/theirs/model.json")).isRegularFile();
    }

    @Test
    void theDefaultIsChosenPerDataFolderAndStays() {
        // When
        Cli chosen = models("set-default", "theirs");
        Cli removed = models("remove", "theirs", "-y");

        // Then
        assertThat(chosen.out()).isEqualTo("theirs is the default model now.\n");
        assertThat(new Models(home, data).defaultId()).isEqualTo("theirs");
        assertThat(new Models(home, folder.resolve("other")).defaultId()).isEqualTo("bundled");
        assertThat(removed.exitCode()).isEqualTo(2);
        assertThat(removed.err()).contains("'theirs' is the default model; choose another one first");
    }

    @Test
    void aModelThatWasTamperedWithDoesNotBecomeTheDefault() throws IOException {
        // Given
        Files.writeString(data.resolve("models/theirs/saved-model/saved_model.pb"), "other weights");

        // When
        Cli cli = models("set-default", "theirs");
        Cli verified = models("verify");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("the weights are not those of the card");
        assertThat(new Models(home, data).defaultId()).isEqualTo("bundled");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).contains("good    bundled", "broken  ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            spleeter:7stems | Spleeter has no model '7stems'; it has: 2stems, 4stems, 5stems
            demucs          | nothing is published as 'demucs'; there are: spleeter:2stems, spleeter:4stems, spleeter:5stems
            """)
    void whatNobodyPublishesIsNamedWithWhatThereIs(String name, String sentence) {
        // When
        Cli cli = models("pull", name);

        // Then
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains(sentence);
    }

    @Test
    void pullingWhatIsThereAlreadyDoesNotEvenAskTheNetwork() throws IOException {
        // Given
        model(data, "spleeter-4stems", Origin.imported("somewhere"));

        // When
        Cli cli = models("pull", "spleeter:4stems");

        // Then
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err())
                .contains("spleeter-4stems: already exists; choose another id, or remove that model first");
    }

    @Test
    void importingWhatIsNotThereIsASentence() {
        // When
        Cli spleeter = models("import", "spleeter", folder.resolve("4stems.tar.gz"));
        Cli savedModel = models("import", "saved-model", folder, "--card", folder.resolve("card.json"));

        // Then
        assertThat(spleeter.exitCode()).isEqualTo(1);
        assertThat(spleeter.err()).contains("4stems.tar.gz: neither a folder with a checkpoint nor an archive of one");
        assertThat(savedModel.exitCode()).isEqualTo(1);
        assertThat(savedModel.err()).contains("not a SavedModel (no saved_model.pb in it)");
    }

    private Cli models(Object... arguments) {
        Object[] whole = new Object[arguments.length + 3];
        whole[0] = "models";
        System.arraycopy(arguments, 0, whole, 1, arguments.length);
        whole[arguments.length + 1] = "--data";
        whole[arguments.length + 2] = data;
        return Cli.run(whole);
    }

    private void model(Path place, String id, Origin origin) throws IOException {
        Path savedModel = Files.createDirectories(folder.resolve("exported"));
        Files.writeString(savedModel.resolve("saved_model.pb"), "a graph that nobody loads here");
        ModelCard card = ModelCard.builder(id)
                .stems("vocals", "other")
                .spectrogram(new StftLayout(64, 16, "hann", 64, 20), OutputKind.MASK, "mixture", "masks")
                .segment(8, 2)
                .origin(origin)
                .build();
        ModelPackage.write(place.resolve("models"), card, savedModel, "");
    }
}
