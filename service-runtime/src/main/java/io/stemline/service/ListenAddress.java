package io.stemline.service;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where a service takes requests. */
@Singleton
public final class ListenAddress {
    /** The setting that it comes from. */
    public static final String SETTING = "quarkus.http.host";

    private final String host;

    public ListenAddress(@ConfigProperty(name = SETTING) String host) {
        this.host = host;
    }

    /** Whether only this machine reaches it. A name that nobody knows might be anything. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return host;
    }
}
