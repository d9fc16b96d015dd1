package io.stemline.local;

import java.nio.file.Path;
import java.util.List;

/**
 * What can differ between one local stack and another.
 *
 * @param home the project's folder, below which the built services and the bundled models are
 * @param dataFolder where the stack keeps everything; created when missing
 * @param purpose what the stack was started for
 * @param activeModel id of the model that separates where nobody asks for another one
 * @param devices where networks run, as the separators know devices: there is one separator for each
 */
public record StackSettings(Path home, Path dataFolder, Purpose purpose, String activeModel, List<String> devices) {

    private static final List<String> PROCESSOR = List.of("cpu");

    /** What a stack was started for. */
    public enum Purpose {
        /** For one batch; it goes when the batch is finished. */
        RUN,
        /** To stay until it is told to stop; others may submit to it. */
        UP
    }

    public StackSettings {
        home = home.toAbsolutePath().normalize();
        dataFolder = dataFolder.toAbsolutePath().normalize();
        devices = List.copyOf(devices);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("a stack has at least one device to separate on");
        }
    }

    /** A stack with a separator on the processor. */
    public StackSettings(Path home, Path dataFolder, Purpose purpose, String activeModel) {
        this(home, dataFolder, purpose, activeModel, PROCESSOR);
    }

    public StackSettings withDevices(List<String> devices) {
        return new StackSettings(home, dataFolder, purpose, activeModel, devices);
    }

    /** Where model packages are looked for, the earlier folder first: the bundled ones, then those of this data folder. */
    public List<Path> modelFolders() {
        return List.of(home.resolve("models"), dataFolder.resolve("models"));
    }
}
