package io.stemline.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
        /** Where objects lie: in a {@code folder}, or in a bucket of {@code s3}. */
        @WithDefault("folder")
        Kind kind();

        /** For a folder: which one; all services need to see the same. */
        Optional<Path> folder();

        S3 s3();

        enum Kind {
            FOLDER,
            S3
        }

        interface S3 {
            /** The bucket, which exists already. */
            Optional<String> bucket();

            /** Stands before every key, and ends with a slash: a part of the bucket that is the store's alone. */
            Optional<String> prefix();

            /** The region of the bucket; servers other than Amazon's take any. */
            @WithDefault("us-east-1")
            String region();

            /** The address of a server other than Amazon's. */
            Optional<URI> endpoint();

            /** Whether the bucket is named in the path rather than in the host, as most other servers want it. */
            @WithDefault("false")
            boolean pathStyle();

            /** The folder for objects while they are written and read. */
            @WithDefault("${java.io.tmpdir}/stemline-objects")
            Path scratch();
        }
    }

    interface Queue {
        /** The delivery at which an event is given up without being worked on. Not above the broker's own limit. */
        @WithDefault("7")
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
