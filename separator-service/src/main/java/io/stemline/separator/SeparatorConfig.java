package io.stemline.separator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;

/** The settings of separator-service. */
@ConfigMapping(prefix = "stemline")
interface SeparatorConfig {

    /** Where networks run: {@code cpu}, {@code gpu:0} and so on. */
    @WithDefault("cpu")
    String device();

    /** What is written beside a separation as the one who did it. */
    @WithDefault("${HOSTNAME:localhost}")
    String worker();

    Models models();

    Separator separator();

    interface Models {
        /** Folders whose subfolders are model packages; the earlier goes before the later. */
        List<Path> folders();

        /** The model for tracks that do not ask for another. */
        String active();
    }

    interface Separator {
        /** Tracks that are separated at the same time; 0 to find out at start by a short measurement. */
        @WithDefault("0")
        int tracksInFlight();

        /** Most segments that a network computes at once; 0 to find out by a short measurement when it is loaded. */
        @WithDefault("0")
        int batchSize();

        /** Threads that TensorFlow may use on the processor; 0 for as many as there are processors. */
        @WithDefault("0")
        int threads();
    }
}
