package io.stemline.ingest.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.events.AudioReady.Wish;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.Batches;
import io.stemline.ingest.batches.ItemView;
import io.stemline.ingest.batches.Submission;
import io.stemline.ingest.batches.Submission.Entry;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class BatchFeedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Batches batches;

    @Inject
    BatchFeed feed;

    @Test
    void aLargeBatchIsToldInPiecesThatLeaveNothingOut() {
        // Given
        List<Entry> entries = IntStream.range(0, 2500)
                .mapToObj(n -> Entry.refused("/music/%d.wav".formatted(n), Integer.toString(n), "no sound in it"))
                .toList();
        BatchView batch = batches.accept(new Submission("large", entries, Wish.DEFAULT));

        // When
        List<BatchProgress> events =
                feed.follow(batch.batchId()).collect().asList().await().atMost(PATIENCE);

        // Then
        assertThat(events)
                .allSatisfy(event -> assertThat(event.changed()).hasSizeLessThanOrEqualTo(1000))
                .allSatisfy(event -> assertThat(event.batch().entries()).isEqualTo(2500));
        assertThat(events.stream()
                        .flatMap(event -> event.changed().stream())
                        .map(ItemView::position)
                        .toList())
                .isEqualTo(IntStream.range(0, 2500).boxed().toList());
    }
}
