package io.stemline.ingest.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.console.live.LiveRows.Lately;
import io.stemline.ingest.console.live.LiveRows.Waiting;
import io.stemline.ingest.console.live.LiveView.Speed;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeedTest {

    @Test
    void whatIsLeftTakesItsLengthOverTheSpeedAndUnknownTracksCountAsUsualOnes() {
        // Given
        var lately = new Lately(10, 2000, 100, 0);
        Map<ItemState, Waiting> unfinished = Map.of(
                ItemState.RECEIVED, new Waiting(3, 0, 0),
                ItemState.QUEUED, new Waiting(2, 2, 400),
                ItemState.SEPARATED, new Waiting(5, 5, 1000));

        // When
        Speed speed = LiveBoard.speed(lately, unfinished, true);

        // Then
        assertThat(speed.timesRealTime()).contains(20.0);
        assertThat(speed.tracksPerHour()).contains(360.0);
        assertThat(speed.remaining()).contains(Duration.ofSeconds(50));
    }

    @Test
    void timeWithoutWorkDoesNotSlowItDown() {
        // Given
        var lately = new Lately(10, 2000, 400, 300);

        // When
        Speed speed = LiveBoard.speed(lately, Map.of(), false);

        // Then
        assertThat(speed.timesRealTime()).contains(20.0);
        assertThat(speed.remaining()).isEmpty();
    }

    @Test
    void withoutResultsThereIsNoSpeed() {
        // Given, When
        Speed speed = LiveBoard.speed(new Lately(0, 0, 0, 0), Map.of(ItemState.QUEUED, new Waiting(1, 1, 60)), true);

        // Then
        assertThat(speed.timesRealTime()).isEmpty();
        assertThat(speed.remaining()).isEmpty();
    }
}
