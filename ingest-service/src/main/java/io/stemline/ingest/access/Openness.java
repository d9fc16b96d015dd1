package io.stemline.ingest.access;

import io.stemline.service.AccessConfig;
import io.stemline.service.ListenAddress;
import jakarta.inject.Singleton;

/** Whether callers need keys. The settings say so, and where they do not, the address does. */
@Singleton
public final class Openness {
    private final ListenAddress address;
    private final boolean open;

    Openness(AccessConfig config, ListenAddress address) {
        this.address = address;
        this.open = config.security()
                .open()
                .orElse(address.isLoopback() && config.adminKey().isEmpty());
    }

    /** Everybody may do everything. */
    boolean toAll() {
        return open;
    }

    /** Everybody may do everything, and everybody is on this machine. */
    public boolean toThisMachineAlone() {
        return open && address.isLoopback();
    }
}
