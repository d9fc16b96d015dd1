package io.stemline.separation.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.separation.tensorflow.Devices.GraphicsProcessor;
import io.stemline.separation.tensorflow.Devices.Processor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DevicesTest {

    private static final String TWO_GPUS = """
            GPU-8932f937-d72c-4106-c12f-20bd9faed9f6, NVIDIA H100 80GB HBM3, 81559, 550.54.15
            GPU-1f2e3d4c-0000-1111-2222-333344445555, NVIDIA L4, 23034, 550.54.15
            """;

    private static final Processor PROCESSOR = new Processor("a processor", 2, 1L << 34);

    @TempDir
    private Path folder;

    @Test
    void smiTellsNameMemoryAndDriver() {
        // When
        var gpus = NvidiaDriver.ofSmi(TWO_GPUS).visible(Optional.empty());

        // Then
        assertThat(gpus)
                .containsExactly(
                        new GraphicsProcessor(
                                DeviceName.of("gpu:0"),
                                "NVIDIA H100 80GB HBM3",
                                81_559L * 1024 * 1024,
                                Optional.of("550.54.15")),
                        new GraphicsProcessor(
                                DeviceName.of("gpu:1"), "NVIDIA L4", 23_034L * 1024 * 1024, Optional.of("550.54.15")));
    }

    @ParameterizedTest
    @CsvSource({
        "'1', NVIDIA L4",
        "'1,0', NVIDIA L4;NVIDIA H100 80GB HBM3",
        "'GPU-1f2e', NVIDIA L4",
        "'0,7,1', NVIDIA H100 80GB HBM3",
        "'-1', ''",
        "' ', NVIDIA H100 80GB HBM3;NVIDIA L4"
    })
    void devicesAreCountedAsCudaIsAllowedToSeeThem(String visible, String names) {
        // When
        var gpus = NvidiaDriver.ofSmi(TWO_GPUS).visible(Optional.of(visible));

        // Then
        assertThat(gpus.stream().map(GraphicsProcessor::name).toList())
                .isEqualTo(names.isEmpty() ? List.of() : List.of(names.split(";")));
        assertThat(gpus.stream().map(gpu -> gpu.device().toString()).toList())
                .isEqualTo(List.of("gpu:0", "gpu:1").subList(0, gpus.size()));
    }

    @Test
    void withoutSmiTheDriversFilesTell() throws Exception {
        // Given
        Path driver = folder.resolve("nvidia");
        Path gpu = Files.createDirectories(driver.resolve("gpus/0000:01:00.0"));
        Files.writeString(
                gpu.resolve("information"),
                "Model: \t\t NVIDIA A100-SXM4-40GB\nIRQ:   \t 120\nGPU UUID: \t GPU-12345678-0000\n");
        Files.writeString(
                driver.resolve("version"),
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\nGCC version: 12\n");

        // When
        var gpus = NvidiaDriver.ofProc(driver, folder).visible(Optional.of("GPU-1234"));

        // Then
        assertThat(gpus)
                .containsExactly(new GraphicsProcessor(
                        DeviceName.of("gpu:0"), "NVIDIA A100-SXM4-40GB", 0, Optional.of("535.104.05")));
    }

    @Test
    void whereThereAreDeviceFilesOnlyTheGpusAreUnknown() throws Exception {
        // Given
        Path nothing = folder.resolve("nothing");
        boolean knownBefore = NvidiaDriver.ofProc(nothing, folder).isKnown();

        // When
        Files.createFile(folder.resolve("nvidiactl"));

        // Then
        assertThat(knownBefore).isTrue();
        assertThat(NvidiaDriver.ofProc(nothing, folder).isKnown()).isFalse();
    }

    @Test
    void theFirstDeviceThatIsThereIsTaken() {
        // Given
        var devices = new Devices(PROCESSOR, twoGpus(), true, true);

        // Then
        assertThat(devices.first(DeviceChoice.of("gpu:1"))).hasToString("gpu:1");
        assertThat(devices.first(DeviceChoice.of("gpu:7, gpu:0, cpu"))).hasToString("gpu:0");
        assertThat(devices.first(DeviceChoice.of("gpu:7,cpu"))).isEqualTo(DeviceName.CPU);
        assertThat(new Devices(PROCESSOR, List.of(), false, true).first(DeviceChoice.of("gpu:3")))
                .hasToString("gpu:3");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> new Devices(PROCESSOR, twoGpus(), true, true).first(DeviceChoice.of("gpu:7")))
                .isInstanceOf(DeviceException.class)
                .hasMessage(
                        "no device 'gpu:7' to run networks on; there is: cpu, gpu:0 (NVIDIA H100 80GB HBM3),"
                                + " gpu:1 (NVIDIA L4). This build is for GPUs. They need CUDA 12 and cuDNN 8.9: see docs/gpu.md");
    }

    @Test
    void gpusThatThisBuildCannotUseAreNamedWithTheCommandThatChangesIt() {
        assertThatThrownBy(() -> new Devices(PROCESSOR, twoGpus(), true, false).first(DeviceChoice.of("gpu:0")))
                .isInstanceOf(DeviceException.class)
                .hasMessageStartingWith(
                        "no device 'gpu:0' to run networks on; there is: cpu. The machine has NVIDIA H100")
                .hasMessageContaining("'./stemline build --gpu'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "cpu,", "gpu:0,tpu", "gpu:0;cpu"})
    void whatIsNoChoiceIsRefused(String names) {
        assertThatThrownBy(() -> DeviceChoice.of(names))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("a device is named cpu, gpu:0, gpu:1 and so on");
    }

    @Test
    void theProcessorIsNamedByTheSystem() throws Exception {
        // Given
        Path cpuInfo = Files.writeString(
                folder.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: Acme 3000 CPU @ 2.00GHz\nprocessor\t: 1\n");

        // Then
        assertThat(HostProcessor.name(cpuInfo)).isEqualTo("Acme 3000 CPU @ 2.00GHz");
        assertThat(HostProcessor.name(folder.resolve("none"))).isEqualTo(System.getProperty("os.arch"));
        assertThat(Devices.ofThisMachine().processor().memoryBytes()).isPositive();
    }

    private static List<GraphicsProcessor> twoGpus() {
        return NvidiaDriver.ofSmi(TWO_GPUS).visible(Optional.empty());
    }
}
