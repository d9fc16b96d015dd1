package io.stemline.separation.tensorflow;

import static io.stemline.separation.SavedModels.BINS;
import static io.stemline.separation.SavedModels.FRAMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.separation.SavedModels;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

class TensorFlowEstimatorTest {

    private static final SavedModels.Network MASKS = SavedModels.constantMasks(0.5f, 0.25f, 0.25f);

    @TempDir
    private Path folder;

    private SavedModels models;
    private TensorFlowRuntime runtime;

    @BeforeEach
    void start() {
        models = new SavedModels(folder);
        runtime = TensorFlowRuntime.start(DeviceName.CPU, 0);
    }

    @Test
    void aNetworkWhoseInputHasAnotherNameIsRefused() throws IOException {
        refused(
                models.export(MASKS, "x", "masks", TFloat32.class, -1, FRAMES, BINS, 2),
                "its signature takes 'x', the card says 'mixture'");
    }

    @Test
    void aNetworkWhoseOutputHasAnotherNameIsRefused() throws IOException {
        refused(
                models.export(MASKS, "mixture", "y", TFloat32.class, -1, FRAMES, BINS, 2),
                "its signature returns 'y', the card says 'masks'");
    }

    @Test
    void aNetworkForOtherSegmentsIsRefused() throws IOException {
        refused(
                models.export(MASKS, -1, FRAMES + 1, BINS, 2),
                "its input 'mixture' is of shape [-1, 33, 100, 2], the card says [batch, 32, 100, 2]");
    }

    @Test
    void aNetworkForOtherDimensionsIsRefused() throws IOException {
        refused(
                models.export(MASKS, -1, FRAMES, 2),
                "its input 'mixture' is of shape [-1, 32, 2], the card says [batch, 32, 100, 2]");
    }

    @Test
    void aNetworkForOneSegmentAtATimeIsRefused() throws IOException {
        refused(
                models.export(MASKS, 1, FRAMES, BINS, 2),
                "its input 'mixture' is of shape [1, 32, 100, 2], the card says [batch, 32, 100, 2]");
    }

    @Test
    void aNetworkWithOtherStemsIsRefused() throws IOException {
        refused(
                models.export(SavedModels.constantMasks(0.5f, 0.5f), -1, FRAMES, BINS, 2),
                "its output 'masks' is of shape [-1, 32, 100, 4], the card says [batch, 32, 100, 6]");
    }

    @Test
    void aNetworkOfOtherNumbersIsRefused() throws IOException {
        refused(
                models.export(
                        (tf, mixture) -> tf.dtypes.cast(MASKS.apply(tf, mixture), TFloat64.class), -1, FRAMES, BINS, 2),
                "its output 'masks' is of DT_DOUBLE instead of DT_FLOAT");
    }

    @Test
    void aNetworkForAnyShapeIsTaken() throws IOException {
        // Given
        var model = models.anyModel(SavedModels.card("any").build(), models.export(MASKS, -1, -1, -1, 2));

        // When
        try (var estimator = TensorFlowEstimator.load(runtime, model)) {
            // Then
            assertThat(estimator.card().id()).isEqualTo("any");
        }
    }

    @Test
    void aFileThatIsNoSavedModelIsRefused() throws IOException {
        // Given
        var garbage = Files.createDirectories(folder.resolve("garbage"));
        Files.write(garbage.resolve("saved_model.pb"), new byte[] {1, 2, 3, -1, -1});
        var model = models.anyModel(SavedModels.card("garbage").build(), garbage);

        // When
        // Then
        assertThatThrownBy(() -> TensorFlowEstimator.load(runtime, model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("saved_model.pb: not a SavedModel");
    }

    @Test
    void aSavedModelWithoutItsVariablesIsRefused() throws IOException {
        // Given
        var exported = models.export(MASKS, -1, FRAMES, BINS, 2);
        try (var files = Files.newDirectoryStream(exported.resolve("variables"))) {
            for (var file : files) {
                Files.write(file, new byte[0]);
            }
        }
        var model = models.anyModel(SavedModels.card("empty").build(), exported);

        // When
        // Then
        assertThatThrownBy(() -> TensorFlowEstimator.load(runtime, model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("saved-model: TensorFlow cannot load this SavedModel (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpu", "gpu", "gpu:-1", "CPU", "", "gpu:99999"})
    void whatIsNoDeviceIsRefused(String name) {
        assertThatThrownBy(() -> DeviceName.of(name))
                .isInstanceOf(DeviceException.class)
                .hasMessage("no device '" + name + "'; a device is named cpu, gpu:0, gpu:1 and so on");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedWithTheOneThatIs() {
        assertThatThrownBy(() -> TensorFlowRuntime.start(DeviceName.of("gpu:7"), 0))
                .isInstanceOf(DeviceException.class)
                .hasMessageStartingWith("no device 'gpu:7' to run networks on; there is: cpu");
    }

    @Test
    void theProcessorTakesOverWhereItIsNamed() {
        // When
        var chosen = TensorFlowRuntime.start(DeviceChoice.of("gpu:7,cpu"), 0);

        // Then
        assertThat(chosen.device()).isEqualTo(DeviceName.CPU);
    }

    @Test
    void tensorFlowListsTheProcessor() {
        assertThat(TensorFlowRuntime.listDevices())
                .extracting(TensorFlowRuntime.TensorFlowDevice::type)
                .contains("CPU");
    }

    @ParameterizedTest
    @CsvSource({"-1, , -1", "0, , 0", "3, , 3", "0, '2,5', 2", "1, '2, 5', 5", "2, '2,5', -1", "-1, '2,5', -1"})
    void onlyTheChosenGpuIsVisible(int gpu, String given, String visible) {
        // When
        var chosen = TensorFlowRuntime.visibleDevices(gpu < 0 ? OptionalInt.empty() : OptionalInt.of(gpu), given);

        // Then
        assertThat(chosen).isEqualTo(visible);
    }

    private void refused(Path exported, String sentence) {
        // Given
        ModelPackage model = models.anyModel(SavedModels.card("other").build(), exported);

        // When
        // Then
        assertThatThrownBy(() -> TensorFlowEstimator.load(runtime, model))
                .isInstanceOf(ModelException.class)
                .hasMessage("model 'other': the network is not the one on the card: " + sentence);
    }
}
