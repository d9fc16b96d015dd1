package io.stemline.endurance.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A project's folder whose services are links to those of one version or another; a process has the version that its link names when it starts. */
final class LinkedHome {
    private static final String SERVICES = "-service";

    private final Path folder;
    private final Map<Version, Path> homes;

    /** One of two versions. */
    enum Version {
        BEFORE,
        AFTER
    }

    private LinkedHome(Path folder, Map<Version, Path> homes) {
        this.folder = folder;
        this.homes = homes;
    }

    /**
     * @param folder where the links are to be, new
     * @param before folder of the project in the version before, with the services built
     * @param after folder of the project in the version after, of which the models are
     */
    static LinkedHome create(Path folder, Path before, Path after) throws IOException {
        var home =
                new LinkedHome(Files.createDirectories(folder), Map.of(Version.BEFORE, before, Version.AFTER, after));
        Files.createSymbolicLink(folder.resolve("models"), after.resolve("models"));
        for (String service : home.services()) {
            home.link(service, Files.exists(before.resolve(service)) ? Version.BEFORE : Version.AFTER);
        }
        return home;
    }

    Path folder() {
        return folder;
    }

    /** From its next start on the process has this version. */
    void change(String process, Version to) throws IOException {
        link(process.substring(0, process.indexOf(SERVICES) + SERVICES.length()), to);
    }

    private void link(String service, Version to) throws IOException {
        Path link = Files.createSymbolicLink(
                folder.resolve(service + ".new"), homes.get(to).resolve(service));
        Files.move(link, folder.resolve(service), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> services() throws IOException {
        try (Stream<Path> inside = Files.list(homes.get(Version.AFTER))) {
            return inside.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SERVICES))
                    .toList();
        }
    }
}
