package io.stemline.separation.tensorflow;

import io.stemline.separation.tensorflow.Devices.GraphicsProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The GPUs that NVIDIA's driver tells of: through {@code nvidia-smi} where it is, else through {@code /proc/driver/nvidia},
 * which knows no memory sizes. Both count in the order of the PCI bus.
 */
final class NvidiaDriver {

    private static final List<String> SMI =
            List.of("nvidia-smi", "--query-gpu=uuid,name,memory.total,driver_version", "--format=csv,noheader,nounits");
    private static final int SMI_SECONDS = 20;
    private static final long MEBIBYTE = 1 << 20;
    private static final Pattern DRIVER = Pattern.compile("\\s(\\d+\\.\\d+(?:\\.\\d+)?)\\s");

    private final Optional<List<Gpu>> gpus;

    private NvidiaDriver(Optional<List<Gpu>> gpus) {
        this.gpus = gpus;
    }

    private record Gpu(String uuid, String name, long memoryBytes, Optional<String> driver) {}

    static NvidiaDriver ofThisMachine() {
        return runSmi().map(NvidiaDriver::ofSmi)
                .orElseGet(() -> ofProc(Path.of("/proc/driver/nvidia"), Path.of("/dev")));
    }

    /** What {@code nvidia-smi} printed: a line for each GPU. */
    static NvidiaDriver ofSmi(String lines) {
        return new NvidiaDriver(Optional.of(lines.lines()
                .map(line -> line.split(",\\s*"))
                .filter(fields -> fields.length == 4)
                .map(fields -> new Gpu(fields[0], fields[1], mebibytes(fields[2]), Optional.of(fields[3])))
                .toList()));
    }

    /** What the driver shows of itself in files. Where there is neither that nor a device file, there is no GPU. */
    static NvidiaDriver ofProc(Path driver, Path dev) {
        try {
            if (!Files.isDirectory(driver.resolve("gpus"))) {
                boolean device = Files.exists(dev.resolve("nvidiactl")) || Files.exists(dev.resolve("dxg"));
                return new NvidiaDriver(device ? Optional.empty() : Optional.of(List.of()));
            }
            var version = version(driver.resolve("version"));
            var gpus = new ArrayList<Gpu>();
            try (var folders = Files.list(driver.resolve("gpus"))) {
                for (Path folder : folders.sorted().toList()) {
                    var information = Files.readString(folder.resolve("information"), StandardCharsets.UTF_8);
                    gpus.add(new Gpu(field(information, "GPU UUID"), field(information, "Model"), 0, version));
                }
            }
            return new NvidiaDriver(Optional.of(gpus));
        } catch (IOException e) {
            return new NvidiaDriver(Optional.empty());
        }
    }

    /** Whether the system tells which GPUs there are, be it none. */
    boolean isKnown() {
        return gpus.isPresent();
    }

    /**
     * The GPUs that a process may see.
     *
     * @param visible the value of {@code CUDA_VISIBLE_DEVICES}: indices or beginnings of UUIDs; CUDA stops at the first that
     *     names none
     */
    List<GraphicsProcessor> visible(Optional<String> visible) {
        var all = gpus.orElse(List.of());
        var seen = visible.filter(value -> !value.isBlank())
                .map(value -> named(value, all))
                .orElse(all);
        return IntStream.range(0, seen.size())
                .mapToObj(index -> {
                    var gpu = seen.get(index);
                    var device = new DeviceName(OptionalInt.of(index));
                    return new GraphicsProcessor(device, gpu.name(), gpu.memoryBytes(), gpu.driver());
                })
                .toList();
    }

    private static List<Gpu> named(String visible, List<Gpu> all) {
        var named = new ArrayList<Gpu>();
        for (String token : visible.split(",")) {
            var gpu = find(token.strip(), all);
            if (gpu.isEmpty()) {
                break;
            }
            named.add(gpu.get());
        }
        return named;
    }

    private static Optional<Gpu> find(String token, List<Gpu> all) {
        if (token.matches("\\d{1,4}")) {
            int index = Integer.parseInt(token);
            return index < all.size() ? Optional.of(all.get(index)) : Optional.empty();
        }
        return all.stream()
                .filter(gpu -> !token.isEmpty() && gpu.uuid().startsWith(token))
                .findFirst();
    }

    private static Optional<String> runSmi() {
        try {
            var process = new ProcessBuilder(SMI)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            // Its few lines fit into the pipe: nobody has to read while it runs.
            if (!process.waitFor(SMI_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.exitValue() == 0 ? Optional.of(lines) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static long mebibytes(String number) {
        return number.matches("\\d{1,9}") ? Long.parseLong(number) * MEBIBYTE : 0;
    }

    private static Optional<String> version(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var matcher = DRIVER.matcher(Files.readString(file, StandardCharsets.UTF_8));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String field(String information, String name) {
        return information
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("NVIDIA GPU");
    }
}
