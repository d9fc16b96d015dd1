package io.stemline.separator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
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

        /** The model for tracks that do not ask for another, until one is promoted. */
        String active();

        /** Where packages are kept that come from the object store; processes may share it. */
        @WithDefault("${java.io.tmpdir}/stemline-models")
        Path cache();

        /** How long a model stays loaded that is not active and that no track uses. */
        @WithDefault("10m")
        Duration unloadAfter();

        /** How long to wait at start for the broker to tell which model was promoted last. */
        @WithDefault("1m")
        Duration promotionPatience();
    }

    interface Separator {
        /** Tracks that are separated at the same time; 0 to find out at start by a short measurement. */
        @WithDefault("0")
        int tracksInFlight();

        /** Tracks that are separated at the same time of those that let all others go first. */
        @WithDefault("1")
        int laterTracksInFlight();

        /** Most segments that a network computes at once; 0 to find out by a short measurement when it is loaded. */
        @WithDefault("0")
        int batchSize();

        /** Threads that TensorFlow may use on the processor; 0 for as many as there are processors. */
        @WithDefault("0")
        int threads();
    }
}
