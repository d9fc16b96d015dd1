package io.stemline.separation.tensorflow;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.javacpp.Loader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * TensorFlow in this process. Loaded once, from the class path, never from the network; the device and the number of
 * threads are those of whoever asks first, because TensorFlow keeps both for the life of a process.
 *
 * <p>Starting, in this order: set the environment that native code reads; load the native library through JavaCPP, which
 * unpacks it to {@code ~/.javacpp/cache} once; tell DJL where it lies, so that it does not look for it on the network;
 * start DJL's engine; check that the device is there. What fails is thrown as a {@link DeviceException}, and tried anew by
 * whoever asks next.
 *
 * <p>Environment variables, unless whoever started the process set them: {@code TF_CPP_MIN_LOG_LEVEL=2} keeps
 * TensorFlow's chatter off the terminal, {@code TF_FORCE_GPU_ALLOW_GROWTH=true} lets it take a GPU's memory as needed
 * instead of all at once. {@code CUDA_VISIBLE_DEVICES} is narrowed to the chosen GPU, or to none. They are set through
 * POSIX {@code setenv}, which needs {@code --enable-native-access=ALL-UNNAMED} as TensorFlow does; on other systems
 * launchers set them.
 */
public final class TensorFlowRuntime {

    private static final Logger LOGGER = LoggerFactory.getLogger(TensorFlowRuntime.class);

    private static final String NO_GPU = "-1";

    private static TensorFlowRuntime running;

    private final DeviceName device;
    private final boolean gpuPresent;

    private TensorFlowRuntime(DeviceName device, boolean gpuPresent) {
        this.device = device;
        this.gpuPresent = gpuPresent;
    }

    /**
     * Starts TensorFlow, or finds it running.
     *
     * @param device where networks run
     * @param threads how many threads an operation may use, 0 for as many as there are processors
     * @throws DeviceException if TensorFlow cannot be loaded, or the device is not there
     */
    public static synchronized TensorFlowRuntime start(DeviceName device, int threads) {
        if (running == null) {
            running = load(device, threads);
        }
        running.require(device);
        return running;
    }

    /** Where networks run. */
    public DeviceName device() {
        return device;
    }

    private static TensorFlowRuntime load(DeviceName device, int threads) {
        long start = System.nanoTime();
        prepareEnvironment(device, threads);
        try {
            var library = Path.of(Loader.load(tensorflow.class));
            System.setProperty("TENSORFLOW_LIBRARY_PATH", library.getParent().toString());
            var engine = Engine.getEngine("TensorFlow");
            boolean gpuPresent = engine.hasCapability(StandardCapabilities.CUDA);
            LOGGER.atInfo()
                    .addKeyValue("version", engine.getVersion())
                    .addKeyValue("device", device)
                    .addKeyValue("seconds", (System.nanoTime() - start) / 1e9)
                    .log("TensorFlow started");
            return new TensorFlowRuntime(device, gpuPresent);
        } catch (UnsatisfiedLinkError | EngineException e) {
            throw new DeviceException(
                    "TensorFlow's native library cannot be loaded on " + Loader.getPlatform()
                            + "; put org.tensorflow:tensorflow-core-native for this platform on the class path",
                    e);
        }
    }

    private static void prepareEnvironment(DeviceName device, int threads) {
        NativeEnvironment.setDefault("TF_CPP_MIN_LOG_LEVEL", "2");
        NativeEnvironment.setDefault("TF_FORCE_GPU_ALLOW_GROWTH", "true");
        NativeEnvironment.set(
                "CUDA_VISIBLE_DEVICES", visibleDevices(device.gpu(), System.getenv("CUDA_VISIBLE_DEVICES")));
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

    private void require(DeviceName wanted) {
        boolean present = wanted.equals(gpuPresent ? device : DeviceName.CPU);
        if (!present) {
            throw new DeviceException("no device '" + wanted + "'; TensorFlow in this process has: "
                    + (gpuPresent ? device : DeviceName.CPU)
                    + " (a process keeps the device that was asked for first)");
        }
    }
}
