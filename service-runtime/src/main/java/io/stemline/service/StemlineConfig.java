package io.stemline.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The settings that all services share. */
@ConfigMapping(prefix = "stemline")
public interface StemlineConfig {

    Kafka kafka();

    Store store();

    Queue queue();

    Tables tables();

    interface Kafka {
        /** Where to find the brokers: {@code host:port}, several with commas. */
        @WithDefault("localhost:9092")
        String bootstrapServers();

        /** How many partitions the topics get that a service creates because they are not there. */
        @WithDefault("4")
        int partitions();

        /** How many copies the topics get that a service creates because they are not there. */
        @WithDefault("1")
        short replicationFactor();
    }

    interface Store {
        /** The folder of the object store; all services need to see the same. */
        Path folder();
    }

    interface Queue {
        /** How often an event is delivered before it is given up. Not above the broker's own limit. */
        @WithDefault("5")
        int deliveryLimit();

        /** How long the lock on an event lasts unless it is renewed: what a dead worker delays its event by. */
        @WithDefault("30s")
        Duration lock();

        /** How long a failure that may pass is tried again before the event is given back. */
        @WithDefault("5m")
        Duration retryFor();

        /** How long running jobs may go on when the service is told to stop. */
        @WithDefault("20s")
        Duration grace();
    }

    interface Tables {
        /** How long to wait at start for the tables to be there in the version needed. */
        @WithDefault("2m")
        Duration patience();
    }
}
