package io.stemline.cli;

import io.stemline.cli.terminal.Style;
import io.stemline.cli.terminal.Table;
import io.stemline.separation.tensorflow.DeviceException;
import io.stemline.separation.tensorflow.Devices;
import io.stemline.separation.tensorflow.Devices.GraphicsProcessor;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import io.stemline.separation.tensorflow.TensorFlowRuntime.TensorFlowDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists where networks can run: what the system tells, and what TensorFlow makes of it. */
@Command(
        name = "devices",
        description = "Lists the processor and the GPUs that networks can run on, as --device names them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stemline devices",
            "  stemline separate song.mp3 -o stems --device gpu:0",
            "  stemline separate song.mp3 -o stems --device gpu:0,cpu   the processor where there is no such GPU"
        },
        mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {

    private static final String GPU = "GPU";

    @Mixin
    private CommonOptions common;

    /**
     * What the JSON shows.
     *
     * @param gpuBuild whether this build carries TensorFlow's native library for GPUs
     * @param note what is to be known, or done, about GPUs
     */
    private record Listing(List<Device> devices, boolean gpuBuild, String note) {}

    /**
     * A device.
     *
     * @param memoryBytes 0 if nobody tells
     * @param usable whether TensorFlow can run networks on it
     */
    private record Device(
            String device,
            String name,
            Optional<Integer> cores,
            long memoryBytes,
            Optional<String> driver,
            boolean usable) {}

    @Override
    public Integer call() {
        Listing listing = list(Devices.ofThisMachine());
        common.print(() -> listing, style -> render(listing, style));
        return Stemline.ALL_WELL;
    }

    private static Listing list(Devices machine) {
        List<TensorFlowDevice> found;
        String note = machine.advice();
        try {
            found = TensorFlowRuntime.listDevices();
        } catch (DeviceException e) {
            found = List.of();
            note = e.getMessage();
        }
        long gpusFound =
                found.stream().filter(device -> device.type().equals(GPU)).count();
        var devices = new ArrayList<Device>();
        var processor = machine.processor();
        devices.add(new Device(
                "cpu",
                processor.name(),
                Optional.of(processor.cores()),
                processor.memoryBytes(),
                Optional.empty(),
                !found.isEmpty()));
        for (GraphicsProcessor gpu : machine.gpus()) {
            devices.add(new Device(
                    gpu.device().toString(),
                    gpu.name(),
                    Optional.empty(),
                    gpu.memoryBytes(),
                    gpu.driver(),
                    devices.size() <= gpusFound));
        }
        // GPUs that only TensorFlow knows: no tool of the driver is there to name them.
        found.stream()
                .filter(device -> device.type().equals(GPU))
                .skip(machine.gpus().size())
                .forEach(device -> devices.add(new Device(
                        "gpu:" + (devices.size() - 1),
                        "NVIDIA GPU",
                        Optional.empty(),
                        device.memoryBytes(),
                        Optional.empty(),
                        true)));
        if (machine.gpuBuild() && gpusFound < machine.gpus().size()) {
            note = "TensorFlow finds %d of %d GPUs. They need CUDA 12 and cuDNN 8.9: see docs/gpu.md"
                    .formatted(gpusFound, machine.gpus().size());
        }
        return new Listing(List.copyOf(devices), machine.gpuBuild(), note);
    }

    private static String render(Listing listing, Style style) {
        var table = Table.of("device", "name", ">cores", ">memory", "driver", "can be used");
        for (Device device : listing.devices()) {
            table.row(
                    device.device(),
                    device.name(),
                    device.cores().map(cores -> Integer.toString(cores)).orElse(""),
                    gibibytes(device.memoryBytes()),
                    device.driver().orElse(""),
                    device.usable() ? "yes" : "no");
        }
        return "%s%n%n%s.".formatted(table.render(style), listing.note());
    }

    private static String gibibytes(long bytes) {
        return bytes == 0 ? "" : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
