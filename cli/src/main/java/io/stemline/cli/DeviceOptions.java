package io.stemline.cli;

import io.stemline.cli.terminal.Terminal;
import io.stemline.separation.tensorflow.DeviceChoice;
import io.stemline.separation.tensorflow.Devices;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the separators of a stack run their networks. */
final class DeviceOptions {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "Where networks run: cpu, gpu:0, gpu:1 and so on; of several, gpu:0,cpu, the first that is there. "
                            + "Given several times, there is a separator for each (default: cpu).")
    private List<String> devices = List.of();

    /**
     * The devices.
     *
     * @throws io.stemline.separation.tensorflow.DeviceException if one is not there
     */
    List<String> requireThere() {
        var machine = Devices.ofThisMachine();
        devices.forEach(device -> machine.first(DeviceChoice.of(device)));
        return devices.isEmpty() ? List.of("cpu") : List.copyOf(devices);
    }

    /** Says that a stack that runs keeps the devices that it has. */
    void sayIfOfNoUse(Terminal terminal) {
        if (!devices.isEmpty()) {
            terminal.say(
                    "--device is of no use here: the Stemline that is up has its own; 'stemline status' shows them.");
        }
    }
}
