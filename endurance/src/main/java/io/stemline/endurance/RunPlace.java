package io.stemline.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a run finds the services and where it may write, on the command line. */
public final class RunPlace {

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--folder", required = true, description = "An empty folder for all that the run makes.")
    private Path folder;

    /** The project's folder, with the services built. */
    public Path home() {
        return home.toAbsolutePath().normalize();
    }

    /**
     * The run's own folder; it is made if it is not there.
     *
     * @throws IllegalArgumentException if there is something in it
     */
    public Path emptyFolder() throws IOException {
        Files.createDirectories(folder);
        try (var inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty; name a new folder");
            }
        }
        return folder();
    }

    /** The run's own folder, whatever is in it. */
    public Path folder() {
        return folder.toAbsolutePath().normalize();
    }
}
