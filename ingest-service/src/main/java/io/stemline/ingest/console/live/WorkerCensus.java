package io.stemline.ingest.console.live;

import io.quarkus.runtime.ShutdownEvent;
import io.stemline.pipeline.Broker;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.ShareMemberDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker, when somebody wants to know and not too often, who works on which queue and what waits there. */
@Singleton
final class WorkerCensus {
    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerCensus.class);
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Broker broker;
    private volatile Counts last = new Counts(Map.of(), true);
    private volatile Instant countedAt = Instant.EPOCH;
    private volatile boolean counting;
    private Admin admin;

    WorkerCensus(Broker broker) {
        this.broker = broker;
    }

    /**
     * @param brokerAnswers whether the broker answered when it was asked last
     */
    record Counts(Map<String, Crew> crews, boolean brokerAnswers) {}

    /**
     * Those who work on a queue.
     *
     * @param waiting records that nobody has finished yet; absent when the broker does not say
     */
    record Crew(int workers, int hosts, Optional<Long> waiting) {}

    /** The last counts, which may be some seconds old; never waits for the broker. */
    Counts counts(List<String> groups) {
        if (!counting && countedAt.plus(GOOD_FOR).isBefore(Instant.now())) {
            counting = true;
            Thread.ofVirtual().name("worker-census").start(() -> {
                try {
                    last = count(groups);
                } finally {
                    countedAt = Instant.now();
                    counting = false;
                }
            });
        }
        return last;
    }

    private synchronized Counts count(List<String> groups) {
        try {
            if (admin == null) {
                admin = broker.admin();
            }
            Map<String, KafkaFuture<ShareGroupDescription>> described =
                    admin.describeShareGroups(groups).describedGroups();
            var offsets = admin.listShareGroupOffsets(groups.stream()
                    .collect(Collectors.toMap(group -> group, group -> new ListShareGroupOffsetsSpec())));
            var crews = new HashMap<String, Crew>();
            for (String group : groups) {
                Optional<ShareGroupDescription> crew = answer(described.get(group));
                Optional<Long> waiting = answer(offsets.partitionsToOffsetInfo(group))
                        .map(partitions -> partitions.values().stream()
                                .mapToLong(partition -> partition.lag().orElse(0L))
                                .sum());
                crews.put(
                        group,
                        new Crew(
                                crew.map(ShareGroupDescription::members)
                                        .map(members -> members.size())
                                        .orElse(0),
                                crew.map(WorkerCensus::hosts).orElse(0),
                                waiting));
            }
            return new Counts(Map.copyOf(crews), true);
        } catch (TimeoutException | KafkaException e) {
            LOGGER.atDebug().log("Workers are not counted for now: {}", e.toString());
            return new Counts(last.crews(), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last;
        }
    }

    private static int hosts(ShareGroupDescription group) {
        return (int) group.members().stream()
                .map(ShareMemberDescription::host)
                .distinct()
                .count();
    }

    /** Nothing where the broker knows no such group: nobody has ever worked there. */
    private static <T> Optional<T> answer(KafkaFuture<T> future) throws InterruptedException, TimeoutException {
        try {
            return Optional.of(future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
