package io.stemline.cli;

import java.nio.file.Path;

/** Where this installation is: the folder with the built modules and the bundled models. The launcher says so. */
final class Home {

    private Home() {}

    static Path folder() {
        String home = System.getProperty("stemline.home");
        if (home == null) {
            throw CommandFailure.because(
                    "the system property 'stemline.home' is missing; start Stemline through its launcher, ./stemline");
        }
        return Path.of(home).toAbsolutePath().normalize();
    }
}
