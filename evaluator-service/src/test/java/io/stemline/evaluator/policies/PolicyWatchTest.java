package io.stemline.evaluator.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.RetrainingRequests;
import io.stemline.service.LearningConfig;
import io.stemline.service.testing.Backends;
import io.stemline.service.testing.Tables;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies of several evaluators that look at the same time; the service's own looks, too. */
@QuarkusTest
@WithTestResource(Backends.class)
class PolicyWatchTest {
    private static final int EVALUATORS = 6;

    @Inject
    Jdbi database;

    @Inject
    Outbox outbox;

    @Inject
    OutboxRelay relay;

    @Inject
    PolicyConfig policies;

    @Inject
    LearningConfig config;

    @BeforeEach
    void startWithThreeTracksWithReferences() {
        Tables.clear(database, "track", "batch", "split_key", "retraining_request", "training_run");
        database.useTransaction(handle -> {
            for (int i = 0; i < 3; i++) {
                String trackId = "%064x".formatted(i + 7000);
                handle.execute(
                        "insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, split)"
                                + " values (?, 'o', 'n', 'wav', 44100, 2, 1, 'TRAIN')",
                        trackId);
                handle.execute(
                        "insert into reference_stem (track_id, stem, object) values (?, 'vocals', 'o')", trackId);
            }
        });
    }

    @Test
    void manyEvaluatorsThatLookAtOnceAskOnce() throws Exception {
        // When
        try (var threads = Executors.newFixedThreadPool(EVALUATORS)) {
            List<? extends Future<?>> looks = IntStream.range(0, EVALUATORS)
                    .mapToObj(i -> threads.submit(evaluator()::lookOnce))
                    .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        }

        // Then
        assertThat(count("retraining_request")).isOne();
        assertThat(count("joined_request")).isZero();
    }

    @Test
    void afterARequestWasClosedNothingIsAskedUntilTheCoolDownEnds() {
        // Given
        evaluator().lookOnce();
        database.useTransaction(transaction -> RetrainingRequests.close(transaction, onlyRequest(), "refused"));

        // When
        evaluator().lookOnce();

        // Then
        assertThat(count("retraining_request")).isOne();

        // When the cool-down has passed
        database.useHandle(
                handle -> handle.execute("update retraining_request set closed_at = now() - interval '25 hours'"));
        evaluator().lookOnce();

        // Then
        assertThat(count("retraining_request")).isEqualTo(2);
    }

    private PolicyWatch evaluator() {
        return new PolicyWatch(database, outbox, relay, policies, config);
    }

    private String onlyRequest() {
        return database.withHandle(handle -> handle.select("select request_id from retraining_request")
                .mapTo(String.class)
                .one());
    }

    private int count(String table) {
        return database.withHandle(handle -> handle.select("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }
}
