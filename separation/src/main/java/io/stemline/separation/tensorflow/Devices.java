package io.stemline.separation.tensorflow;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * Where networks could run on this machine, as the system tells. TensorFlow is not started for that: what it makes of the
 * GPUs is told by {@link TensorFlowRuntime#listDevices}.
 *
 * @param gpus what {@code gpu:N} names, in this order; empty if the system does not tell
 * @param gpusKnown whether the system tells of its GPUs at all
 * @param gpuBuild whether TensorFlow's native library for GPUs is on the class path
 */
public record Devices(Processor processor, List<GraphicsProcessor> gpus, boolean gpusKnown, boolean gpuBuild) {

    /** What builds the native library for GPUs in. */
    public static final String BUILD_COMMAND = "./stemline build --gpu";

    public Devices {
        gpus = List.copyOf(gpus);
    }

    /**
     * The processor.
     *
     * @param cores how many threads run at the same time
     * @param memoryBytes the machine's memory
     */
    public record Processor(String name, int cores, long memoryBytes) {}

    /**
     * An NVIDIA GPU.
     *
     * @param memoryBytes its memory, 0 if the system does not tell
     * @param driver version of the driver, if the system tells
     */
    public record GraphicsProcessor(DeviceName device, String name, long memoryBytes, Optional<String> driver) {}

    /** Looks at this machine, as far as {@code CUDA_VISIBLE_DEVICES} lets this process see it. */
    public static Devices ofThisMachine() {
        var nvidia = NvidiaDriver.ofThisMachine();
        var gpus = nvidia.visible(Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
        return new Devices(HostProcessor.read(), gpus, nvidia.isKnown(), isGpuBuild());
    }

    private static boolean isGpuBuild() {
        // The literal does not initialise the class, which would load the library.
        return tensorflow.class.getResource(
                        "/org/tensorflow/internal/c_api/" + Loader.getPlatform() + "-gpu/libjnitensorflow.so")
                != null;
    }

    /** Whether networks may run on a device. A GPU that the system does not tell of may still be there: TensorFlow finds out. */
    public boolean has(DeviceName device) {
        if (device.gpu().isEmpty()) {
            return true;
        }
        return gpuBuild
                && (!gpusKnown || gpus.stream().anyMatch(gpu -> gpu.device().equals(device)));
    }

    /**
     * The first device of a choice that is there.
     *
     * @throws DeviceException if none is; the sentence says what is there and what to do
     */
    public DeviceName first(DeviceChoice choice) {
        return choice.wishes().stream()
                .filter(this::has)
                .findFirst()
                .orElseThrow(() -> new DeviceException(
                        "no device '" + choice + "' to run networks on; there is: " + names() + ". " + advice()));
    }

    /** What can be used, in words. */
    private String names() {
        var usable = gpuBuild ? gpus : List.<GraphicsProcessor>of();
        return Stream.concat(Stream.of("cpu"), usable.stream().map(gpu -> gpu.device() + " (" + gpu.name() + ")"))
                .collect(Collectors.joining(", "));
    }

    /** What there is to know about GPUs here, and what to do to use them, in a sentence or two. */
    public String advice() {
        if (gpuBuild) {
            return gpus.isEmpty()
                    ? "This build is for GPUs, but no NVIDIA GPU is to be seen; check that its driver is installed, and that a"
                            + " container was started with --gpus all"
                    : "This build is for GPUs. They need CUDA 12 and cuDNN 8.9: see docs/gpu.md";
        }
        return gpus.isEmpty()
                ? "No NVIDIA GPU is to be seen on this machine, and this build is for the processor only"
                : "The machine has " + gpus.getFirst().name() + ", but this build is for the processor only: '"
                        + BUILD_COMMAND + "' builds for GPUs (a download of 490 MB; see docs/gpu.md)";
    }
}
