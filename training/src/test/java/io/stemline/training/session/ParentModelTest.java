package io.stemline.training.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.Origin;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.trainer.TinyTraining;
import io.stemline.training.trainer.TrainingConfiguration;
import io.stemline.training.trainer.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParentModelTest {
    private static final Configurations<TrainingConfiguration> CONFIGURATIONS =
            Configurations.of(TrainingConfiguration.class);

    private final Dataset songs = TinyTraining.songs();

    @TempDir
    Path folder;

    @Test
    void aModelThatGoesOnFromAPackageStartsWithItsScoreAndKeepsNothingWorse() throws Exception {
        // Given
        ModelTraining.Result parent = train("parent", TinyTraining.configuration(60), Optional.empty(), new Recorder());
        Path exported = parent.model().orElseThrow().folder();
        Recorder recorder = new Recorder();

        // When
        ModelTraining.Result child =
                train("child", TinyTraining.configuration(20), Optional.of(ParentModel.open(exported)), recorder);

        // Then
        assertThat(recorder.steps.getFirst()).isZero();
        assertThat(recorder.validationsDb.getFirst()).isCloseTo(parent.outcome().lossDb(), within(1e-4));
        assertThat(child.outcome().lossDb())
                .isLessThanOrEqualTo(parent.outcome().lossDb() + 1e-4);
        assertThat(child.model().orElseThrow().card().origin().parent()).contains("parent");
    }

    @Test
    void trainingGoesOnInsteadOfLearningAnew() throws Exception {
        // Given: the statistics that normalisations will see are found before the first step
        ModelTraining.Result parent =
                train("parent", TinyTraining.configuration(120), Optional.empty(), new Recorder());
        Recorder anew = new Recorder();
        Recorder on = new Recorder();

        // When
        train("anew", TinyTraining.configuration(5), Optional.empty(), anew);
        train("on", TinyTraining.configuration(5), Optional.of(ParentModel.open(folder.resolve("parent"))), on);

        // Then
        assertThat(on.validationsDb.getLast()).isCloseTo(parent.outcome().lossDb(), within(0.6));
        assertThat(anew.validationsDb.getLast()).isGreaterThan(on.validationsDb.getLast() + 1);
    }

    @Test
    void aNetworkOfAnotherShapeIsRefusedWithTheFirstVariableThatDiffers() throws Exception {
        // Given
        train("parent", TinyTraining.configuration(2), Optional.empty(), new Recorder());
        ParentModel parent = ParentModel.open(folder.resolve("parent"));
        TrainingConfiguration wider = CONFIGURATIONS.with(TinyTraining.configuration(2), "stage-channels", "6,10,12");
        TrainingConfiguration fewer = CONFIGURATIONS.with(TinyTraining.configuration(2), "stems", "vocals,other");

        // Then
        assertThatThrownBy(() -> train("wider", wider, Optional.of(parent), new Recorder()))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("from parent")
                .hasMessageContaining("'down2.kernel' has the shape 5 x 5 x 6 x 8, and the new model's 5 x 5 x 6 x 10");
        assertThatThrownBy(() -> train("fewer", fewer, Optional.of(parent), new Recorder()))
                .hasMessageContaining(
                        "its stems are vocals, drums, bass, other, and the new model's are vocals, other");
    }

    @Test
    void theBestWeightsOfAFolderThatWasNeverExportedWillDo() throws Exception {
        // Given
        Recorder stopped = new Recorder();
        stopped.stopAt = 6;
        ModelTraining.Result parent = train("parent", TinyTraining.configuration(50), Optional.empty(), stopped);
        Recorder recorder = new Recorder();

        // When
        train(
                "child",
                TinyTraining.configuration(1),
                Optional.of(ParentModel.open(folder.resolve("parent"))),
                recorder);

        // Then
        assertThat(parent.model()).isEmpty();
        assertThat(recorder.validationsDb.getFirst()).isCloseTo(parent.outcome().lossDb(), within(1e-4));
    }

    @ParameterizedTest
    @EnumSource(Blueprint.class)
    void aCardGivesTheConfigurationBackThatItsModelWasTrainedWith(Blueprint blueprint) throws Exception {
        // Given
        var json = new ObjectMapper();
        Map<String, Object> onCard = json.readValue(
                json.writeValueAsString(json.convertValue(blueprint.configuration(), Map.class)),
                new TypeReference<Map<String, Object>>() {});
        ModelCard card = ModelCard.builder("a-model")
                .name("A model")
                .stems(List.of("vocals"))
                .sampleRateHz(44_100)
                .channels(2)
                .waveform("mixture", "stems")
                .segment(1000, 100)
                .withoutRemainder()
                .licence("Apache-2.0")
                .origin(Origin.trained(onCard, "songs", "a test", 1))
                .build();

        // Then
        assertThat(ParentModel.configurationOf(card)).contains(blueprint.configuration());
    }

    @Test
    void whatIsNoModelIsNamed() {
        assertThatThrownBy(() -> ParentModel.open(folder.resolve("nothing")))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("nothing");
    }

    private ModelTraining.Result train(
            String name, TrainingConfiguration configuration, Optional<ParentModel> from, Recorder recorder)
            throws InterruptedException {
        ModelFolder model = ModelFolder.at(folder.resolve(name)).create();
        CONFIGURATIONS.write(model.configuration(), configuration);
        var training =
                new ModelTraining(model, new ModelTraining.Options(false, from, Optional.empty(), 1, 1, "a test"));
        recorder.training = training;
        return training.run(songs, recorder);
    }

    private static final class Recorder implements TrainingListener {
        private final List<Long> steps = new ArrayList<>();
        private final List<Double> validationsDb = new ArrayList<>();
        private long stopAt = Long.MAX_VALUE;
        private ModelTraining training;

        @Override
        public void stepped(Stepped step) {
            if (step.number() == stopAt) {
                training.stop();
            }
        }

        @Override
        public void validated(Validated validation) {
            steps.add(validation.step());
            validationsDb.add(validation.meanDb());
        }
    }
}
