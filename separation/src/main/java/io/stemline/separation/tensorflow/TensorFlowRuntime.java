package io.stemline.separation.tensorflow;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * TensorFlow in this process. Loaded once, from the class path, never from the network; the device and the number of
 * threads are those of whoever asks first, because TensorFlow keeps both for the life of a process.
 *
 * <p>Starting, in this order: choose the first device that the system has; set the environment that native code reads; load
 * the native library through JavaCPP, which unpacks it to {@code ~/.javacpp/cache} once; tell DJL where it lies, so that it
 * does not look for it on the network; start DJL's engine; check that TensorFlow has found the device. What fails is thrown
 * as a {@link DeviceException}, and tried anew by whoever asks next. The processor takes over only where it was named.
 *
 * <p>Environment variables, unless whoever started the process set them: {@code TF_CPP_MIN_LOG_LEVEL=2} keeps
 * TensorFlow's chatter off the terminal, {@code TF_FORCE_GPU_ALLOW_GROWTH=true} lets it take a GPU's memory as needed
 * instead of all at once, {@code CUDA_DEVICE_ORDER=PCI_BUS_ID} counts GPUs as {@code nvidia-smi} does.
 * {@code CUDA_VISIBLE_DEVICES} is narrowed to the chosen GPU, or to none. They are set through
 * POSIX {@code setenv}, which needs {@code --enable-native-access=ALL-UNNAMED} as TensorFlow does; on other systems
 * launchers set them.
 */
public final class TensorFlowRuntime {

    private static final Logger LOGGER = LoggerFactory.getLogger(TensorFlowRuntime.class);

    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
    private static final String NO_GPU = "-1";

    private static TensorFlowRuntime running;

    private final DeviceName device;

    private TensorFlowRuntime(DeviceName device) {
        this.device = device;
    }

    /**
     * A device that TensorFlow can use.
     *
     * @param name TensorFlow's name of it, which ends with {@code CPU:0} or {@code GPU:0}
     * @param memoryBytes how much of its memory TensorFlow may use
     */
    public record TensorFlowDevice(String name, String type, long memoryBytes) {}

    /**
     * Starts TensorFlow, or finds it running.
     *
     * @param device where networks run
     * @param threads how many threads an operation may use, 0 for as many as there are processors
     * @throws DeviceException if TensorFlow cannot be loaded, or the device is not there
     */
    public static TensorFlowRuntime start(DeviceName device, int threads) {
        return start(new DeviceChoice(List.of(device)), threads);
    }

    /**
     * Starts TensorFlow on the first device of a choice that is there, or finds it running on one of them. If it is not the
     * first of all, a warning says so.
     *
     * @param threads how many threads an operation may use, 0 for as many as there are processors
     * @throws DeviceException if TensorFlow cannot be loaded, or none of the devices is there
     */
    public static synchronized TensorFlowRuntime start(DeviceChoice choice, int threads) {
        if (running == null) {
            running = startOn(firstThere(choice), choice, threads);
            running.sayIfSecondChoice(choice);
        }
        running.require(choice);
        return running;
    }

    /** Looks for GPUs, which may take a second or two, only where one is wanted first. */
    private static DeviceName firstThere(DeviceChoice choice) {
        var first = choice.wishes().getFirst();
        return first.gpu().isEmpty() ? first : Devices.ofThisMachine().first(choice);
    }

    private static TensorFlowRuntime startOn(DeviceName device, DeviceChoice choice, int threads) {
        boolean gpuPresent = load(device, threads);
        if (device.gpu().isPresent() && !gpuPresent && !choice.wishes().contains(DeviceName.CPU)) {
            throw new DeviceException(
                    "no device '" + device + "': TensorFlow cannot use it; it needs an NVIDIA driver, CUDA 12"
                            + " and cuDNN 8.9, see docs/gpu.md; with --device " + device
                            + ",cpu the processor would take over");
        }
        return new TensorFlowRuntime(gpuPresent ? device : DeviceName.CPU);
    }

    /**
     * What TensorFlow finds when it may see everything. For a process that does nothing else: a process keeps what it has
     * seen first.
     *
     * @throws DeviceException if TensorFlow cannot be loaded
     */
    public static synchronized List<TensorFlowDevice> listDevices() {
        prepareEnvironment(0);
        loadLibrary();
        try (var scope = new PointerScope()) {
            var status = TF_Status.newStatus();
            var context = TFE_Context.newContext(TFE_ContextOptions.newContextOptions(), status);
            status.throwExceptionIfNotOK();
            var list = tensorflow.TFE_ContextListDevices(context, status);
            status.throwExceptionIfNotOK();
            try {
                return IntStream.range(0, tensorflow.TF_DeviceListCount(list))
                        .mapToObj(index -> new TensorFlowDevice(
                                tensorflow.TF_DeviceListName(list, index, status)
                                        .getString(),
                                tensorflow.TF_DeviceListType(list, index, status)
                                        .getString(),
                                tensorflow.TF_DeviceListMemoryBytes(list, index, status)))
                        .toList();
            } finally {
                tensorflow.TF_DeleteDeviceList(list);
            }
        }
    }

    /** Where networks run. */
    public DeviceName device() {
        return device;
    }

    /** Loads TensorFlow with nothing but this device to be seen, and tells whether it has found a GPU. */
    private static boolean load(DeviceName device, int threads) {
        long start = System.nanoTime();
        prepareEnvironment(threads);
        NativeEnvironment.set(VISIBLE, visibleDevices(device.gpu(), System.getenv(VISIBLE)));
        var library = loadLibrary();
        System.setProperty("TENSORFLOW_LIBRARY_PATH", library.getParent().toString());
        try {
            var engine = Engine.getEngine("TensorFlow");
            boolean gpuPresent = engine.hasCapability(StandardCapabilities.CUDA);
            LOGGER.atInfo()
                    .addKeyValue("version", engine.getVersion())
                    .addKeyValue("device", gpuPresent ? device : DeviceName.CPU)
                    .addKeyValue("seconds", (System.nanoTime() - start) / 1e9)
                    .log("TensorFlow started");
            return gpuPresent;
        } catch (EngineException e) {
            throw notLoaded(e);
        }
    }

    private static Path loadLibrary() {
        try {
            return Path.of(Loader.load(tensorflow.class));
        } catch (UnsatisfiedLinkError e) {
            throw notLoaded(e);
        }
    }

    private static DeviceException notLoaded(Throwable cause) {
        return new DeviceException(
                "TensorFlow's native library cannot be loaded on " + Loader.getPlatform()
                        + "; put org.tensorflow:tensorflow-core-native for this platform on the class path",
                cause);
    }

    private static void prepareEnvironment(int threads) {
        NativeEnvironment.setDefault("TF_CPP_MIN_LOG_LEVEL", "2");
        NativeEnvironment.setDefault("TF_FORCE_GPU_ALLOW_GROWTH", "true");
        NativeEnvironment.setDefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        System.setProperty("ai.djl.offline", "true");
        if (threads > 0) {
            System.setProperty("ai.djl.tensorflow.num_intraop_threads", Integer.toString(threads));
            System.setProperty("ai.djl.tensorflow.num_interop_threads", Integer.toString(threads));
        }
    }

    /** What CUDA may see, given what whoever started the process lets it see. */
    static String visibleDevices(OptionalInt gpu, String visible) {
        if (gpu.isEmpty()) {
            return NO_GPU;
        }
        if (visible == null || visible.isBlank()) {
            return Integer.toString(gpu.getAsInt());
        }
        var devices = List.of(visible.split(","));
        return gpu.getAsInt() < devices.size() ? devices.get(gpu.getAsInt()).strip() : NO_GPU;
    }

    private void sayIfSecondChoice(DeviceChoice choice) {
        if (!device.equals(choice.wishes().getFirst())) {
            LOGGER.atWarn()
                    .addKeyValue("wanted", choice)
                    .addKeyValue("device", device)
                    .log(
                            "{} cannot be used: networks run on {}",
                            choice.wishes().getFirst(),
                            device);
        }
    }

    private void require(DeviceChoice choice) {
        if (!choice.wishes().contains(device)) {
            Devices.ofThisMachine().first(choice);
            throw new DeviceException("no device '" + choice + "'; TensorFlow in this process has: " + device
                    + " (a process keeps the device that was asked for first)");
        }
    }
}
