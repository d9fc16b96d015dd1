package io.stemline.separation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPackageTest {

    @TempDir
    private Path folder;

    @Test
    void aPackageReadsBackAsItWasWritten() throws IOException {
        // Given
        var card = card("unet-small-1")
                .stemRule("vocals", new StemRule(OptionalDouble.of(0.5), OptionalDouble.of(100)))
                .normaliseMasks(true)
                .filter(StemFilter.of(StemFilter.Kind.WIENER).withIterations(2))
                .scores(List.of(new Score("songs", "SI-SDR improvement", "vocals", 7.1)))
                .build();

        // When
        var written = ModelPackage.write(folder, card, savedModel(), "# A model");

        // Then
        var read = ModelPackage.load(folder.resolve("unet-small-1"));
        assertThat(read.card()).isEqualTo(written.card());
        assertThat(read.card().toBuilder().build()).isEqualTo(read.card());
        assertThat(read.card()).isEqualTo(card.withWeights(new Weights(WeightsHash.of(read.savedModel()))));
        assertThat(folder.resolve("unet-small-1/MODEL_CARD.md")).hasContent("# A model");
        assertThat(Files.list(folder).map(Path::getFileName).map(Path::toString))
                .containsExactlyInAnyOrder("unet-small-1", "exported");
    }

    @Test
    void aFilterHasItsUsualIterationsWhereTheCardNamesNone() throws IOException {
        // Given
        var file = ModelPackage.write(folder, card("a").build(), savedModel(), "")
                .folder()
                .resolve("model.json");
        var json = Files.readString(file);
        Files.writeString(
                file, json.replace("\"remainder\"", "\"filter\" : {\"kind\" : \"griffin-lim\"}, \"remainder\""));

        // When
        var card = ModelPackage.load(folder.resolve("a")).card();

        // Then
        assertThat(card.filter()).contains(new StemFilter(StemFilter.Kind.GRIFFIN_LIM, 32, false));
    }

    @Test
    void theHashCoversNamesAndContentsInTheOrderOfTheNames() throws Exception {
        // Given
        var model = savedModel();
        var expected = MessageDigest.getInstance("SHA-256");
        for (var name : List.of("saved_model.pb", "variables/a", "variables/b")) {
            expected.update(name.getBytes(StandardCharsets.UTF_8));
            expected.update((byte) 0);
            expected.update(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model.resolve(name))));
        }

        // When
        var hash = WeightsHash.of(model);

        // Then
        assertThat(hash).isEqualTo(HexFormat.of().formatHex(expected.digest()));
    }

    @Test
    void weightsThatWereChangedDoNotLoad() throws IOException {
        // Given
        var written = ModelPackage.write(folder, card("a").build(), savedModel(), "");
        Files.writeString(written.savedModel().resolve("variables/a"), "other weights");

        // When
        // Then
        assertThatThrownBy(() -> ModelPackage.load(written.folder()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("saved-model: the weights are not those of the card")
                .hasMessageContaining("copy the model package again");
    }

    @Test
    void aPackageWithoutItsFilesIsNamedWithTheFileThatIsMissing() throws IOException {
        // Given
        var written = ModelPackage.write(folder, card("a").build(), savedModel(), "");
        Files.delete(written.savedModel().resolve("saved_model.pb"));

        // When
        // Then
        assertThatThrownBy(() -> ModelPackage.load(written.folder()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("saved_model.pb: missing;");
        assertThatThrownBy(() -> ModelPackage.load(folder.resolve("nowhere")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nowhere/model.json: missing;");
    }

    @Test
    void aPackageOfTheSameIdIsNotOverwritten() throws IOException {
        // Given
        var model = savedModel();
        ModelPackage.write(folder, card("a").build(), model, "");

        // When
        // Then
        assertThatThrownBy(() -> ModelPackage.write(folder, card("a").build(), model, ""))
                .isInstanceOf(ModelException.class)
                .hasMessageEndingWith("/a: already exists; choose another id or delete it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "sampleRateHz" : 44100    | "sampleRateHz" : 0             | 'sampleRateHz' must be between 1000 and 768000, and is 0
            "sampleRateHz" : 44100    | "sampleRateHz" : "fast"        | 'sampleRateHz' does not fit
            "sampleRateHz" : 44100    | "sampleRateHz" : 44100, "rate" : 44100 | unknown key 'rate'; known here: channels, description
            "hopLength" : 16          | "hopLength" : 16, "pad" : 3    | unknown key 'stft.pad'; known here: bins, fftLength
            "hopLength" : 16          | "hopLength" : 16, "leadSamples" : 65 | 'stft.leadSamples' must be between 0 and 64, and is 65
            "hopLength" : 16          | "hopLength" : 33               | 'stft.hopLength' must be between 1 and 32, and is 33
            "window" : "hann"         | "window" : "kaiser"            | 'stft.window' must be one of hann, hamming
            "bins" : 20               | "bins" : 40                    | 'stft.bins' must be between 1 and 33, and is 40
            "overlapFrames" : 2       | "overlapFrames" : 5            | 'segment.overlapFrames' must be between 0 and 4, and is 5
            "kind" : "mask"           | "kind" : "signal"              | 'output.kind' must be mask or magnitude for a spectrogram model
            "kind" : "mask"           | "kind" : "noise"               | 'output.kind' does not fit
            "remainder" : "other"     | "remainder" : "drums"          | 'remainder' must be one of vocals, other, and is 'drums'
            "remainder" : "other"     | "filter" : {"kind" : "wiener", "iterations" : 0}  | 'filter.iterations' must be between 1 and 1000, and is 0
            "remainder" : "other"     | "filter" : {"kind" : "median"} | 'filter.kind' does not fit
            "remainder" : "other"     | "filter" : {"iterations" : 2}  | 'filter.kind' is missing
            "remainder" : "other"     | "filter" : {"kind" : "griffin-lim", "residual" : true} | 'filter.residual' has a meaning for the wiener filter alone
            "formatVersion" : 1       | "formatVersion" : 2            | 'formatVersion' must be 1, the version this program reads, and is 2
            "formatVersion" : 1,      | "formatVersion" : 1            | not valid JSON at line 3
            "id" : "a"                | "id" : "b"                     | 'id' is 'b', but the folder is named 'a'
            [ "vocals", "other" ]     | [ "vocals", "vocals" ]         | 'stems' names a stem twice
            [ "vocals", "other" ]     | [ "../vocals", "other" ]       | 'stems' must be lower-case letters
            "layout" : "batch,frame,bin,channel" | "layout" : "batch,bin,frame,channel" | 'input.layout' must be one of
            """)
    void aCardThatMakesNoSenseIsRefusedWithASentenceThatNamesTheKey(String text, String replacement, String sentence)
            throws IOException {
        // Given
        var file = ModelPackage.write(folder, card("a").build(), savedModel(), "")
                .folder()
                .resolve("model.json");
        var json = Files.readString(file);
        assertThat(json).contains(text);
        Files.writeString(file, json.replace(text, replacement));

        // When
        // Then
        assertThatThrownBy(() -> ModelPackage.load(folder.resolve("a")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.json: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'garbage' | not valid JSON at line 1
            ''        | not a model card
            'null'    | holds nothing but null
            '[]'      | not a model card
            """)
    void garbageIsRefused(String contents, String sentence) throws IOException {
        // Given
        Files.createDirectories(folder.resolve("a"));
        Files.writeString(folder.resolve("a/model.json"), contents);

        // When
        // Then
        assertThatThrownBy(() -> ModelPackage.load(folder.resolve("a")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a/model.json: " + sentence);
    }

    @Test
    void theCatalogueFindsModelsInSeveralFolders() throws IOException {
        // Given
        var model = savedModel();
        var own = folder.resolve("own");
        var bundled = folder.resolve("bundled");
        ModelPackage.write(own, card("b").build(), model, "");
        ModelPackage.write(bundled, card("a").build(), model, "");
        ModelPackage.write(bundled, card("b").description("an older b").build(), model, "");

        // When
        var catalogue = new ModelCatalogue(List.of(folder.resolve("nowhere"), own, bundled));

        // Then
        assertThat(catalogue.ids()).containsExactly("a", "b");
        assertThat(catalogue.cards()).extracting(ModelCard::description).containsExactly("a model", "a model");
        assertThat(catalogue.get("b").folder()).isEqualTo(own.resolve("b"));
        assertThat(catalogue.find("c")).isEmpty();
        assertThatThrownBy(() -> catalogue.get("c"))
                .isInstanceOf(ModelException.class)
                .hasMessage("no model 'c'; there are: a, b");
    }

    private Path savedModel() throws IOException {
        var model = folder.resolve("exported");
        Files.createDirectories(model.resolve("variables"));
        Files.writeString(model.resolve("saved_model.pb"), "graph");
        Files.writeString(model.resolve("variables/a"), "first");
        Files.writeString(model.resolve("variables/b"), "second");
        return model;
    }

    private static ModelCardBuilder card(String id) {
        return ModelCard.builder(id)
                .description("a model")
                .stems("vocals", "other")
                .spectrogram(new StftLayout(64, 16, "hann", 64, 20), OutputKind.MASK, "mixture", "masks")
                .segment(8, 2)
                .remainder("other")
                .origin(Origin.trained(Map.of("steps", 3), "songs", "0.1.0", 1));
    }
}
