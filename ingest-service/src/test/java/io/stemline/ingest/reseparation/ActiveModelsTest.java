package io.stemline.ingest.reseparation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.registry.Promotion;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.Slots;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActiveModelsTest {
    private final ActiveModels active =
            new ActiveModels(List.of(change("second", "third"), change("third", "second"), change("second", "first")));

    @Test
    void whatWasActiveBeforeAModelIsOlder() {
        // Given, When, Then
        assertThat(active.olderThan("third"))
                .hasValueSatisfying(older -> assertThat(older).containsExactly("second", "first"));
    }

    @Test
    void aModelThatWasTakenBackIsOlderThanTheOneThatCameBackForIt() {
        // Given, When, Then
        assertThat(active.olderThan("second"))
                .hasValueSatisfying(older -> assertThat(older).containsExactly("third", "first"));
    }

    @Test
    void nothingIsOlderThanTheFirst() {
        // Given, When, Then
        assertThat(active.olderThan("first"))
                .hasValueSatisfying(older -> assertThat(older).isEmpty());
    }

    @Test
    void nothingIsKnownOfAModelThatWasNeverActive() {
        // Given, When, Then
        assertThat(active.olderThan("refused")).isEmpty();
        assertThat(active.all()).containsExactly("second", "third", "first");
    }

    private static Promotion change(String modelId, String previous) {
        return new Promotion(Slots.DEFAULT, modelId, Optional.of(previous), DecidedBy.GATE, "a test", Instant.EPOCH);
    }
}
