package io.stemline.ingest.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.stemline.service.AccessConfig;
import io.stemline.service.ListenAddress;
import io.stemline.service.Preparation;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it at the start that somebody can come in, and nobody else: where keys are needed there is one, or the service ends. */
@Singleton
final class FirstKey implements Preparation {
    private static final Logger LOGGER = LoggerFactory.getLogger(FirstKey.class);
    private static final int LEAST_CHARACTERS = 32;

    private final AccessConfig config;
    private final ListenAddress address;
    private final Openness openness;
    private final Keys keys;

    FirstKey(AccessConfig config, ListenAddress address, Openness openness, Keys keys) {
        this.config = config;
        this.address = address;
        this.openness = openness;
        this.keys = keys;
    }

    @Override
    public void prepare() {
        keys.setThatOfTheSettings(longEnough(config.adminKey()));
        if (!openness.toAll() && !keys.holdAnAdmin()) {
            throw new ConfigurationException(
                    "%s is %s and there is no key to come in with: set STEMLINE_ADMIN_KEY to %d characters or more that nobody can guess ('openssl rand -hex 32' makes some), or stemline.security.open=true where everybody who reaches this address may do everything"
                            .formatted(ListenAddress.SETTING, address, LEAST_CHARACTERS));
        }
        if (openness.toAll() && !openness.toThisMachineAlone()) {
            LOGGER.atWarn()
                    .addKeyValue("address", address)
                    .log("Open: everybody who reaches this service may do everything, as stemline.security.open says");
        }
    }

    private static Optional<String> longEnough(Optional<String> key) {
        if (key.isPresent() && key.get().length() < LEAST_CHARACTERS) {
            throw new ConfigurationException(
                    "STEMLINE_ADMIN_KEY has %d characters, which can be guessed: give it %d or more ('openssl rand -hex 32' makes some)"
                            .formatted(key.get().length(), LEAST_CHARACTERS));
        }
        return key;
    }
}
