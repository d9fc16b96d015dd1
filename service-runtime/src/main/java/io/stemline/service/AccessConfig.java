package io.stemline.service;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The settings of who may speak to a service. */
@ConfigMapping(prefix = "stemline")
public interface AccessConfig {

    Security security();

    /** A key for the role of an admin, of at least 32 characters: the first, which makes the others. */
    Optional<String> adminKey();

    interface Security {
        /**
         * Whether whoever reaches the service may do everything. Where nothing is set: on a loopback address, unless there is an admin
         * key.
         */
        Optional<Boolean> open();
    }
}
