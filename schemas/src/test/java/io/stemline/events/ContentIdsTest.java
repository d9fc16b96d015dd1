package io.stemline.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContentIdsTest {

    @Test
    void theSameSeparationHasTheSameId() {
        // Given
        String trackId = "a".repeat(64);

        // When
        String once = ContentIds.separation(trackId, "unet-1", "encoding=wav-float");
        String again = ContentIds.separation(trackId, "unet-1", "encoding=wav-float");

        // Then
        assertThat(once).isEqualTo(again).matches("[0-9a-f]{64}");
    }

    @Test
    void whateverChangesTheFilesChangesTheId() {
        // Given
        String trackId = "a".repeat(64);

        // When, Then
        assertThat(ContentIds.separation(trackId, "unet-1", "encoding=mp3"))
                .isNotEqualTo(ContentIds.separation(trackId, "unet-1", "encoding=flac-16"))
                .isNotEqualTo(ContentIds.separation(trackId, "unet-2", "encoding=mp3"))
                .isNotEqualTo(ContentIds.separation("b".repeat(64), "unet-1", "encoding=mp3"));
    }

    @Test
    void partsThatRunTogetherAreToldApart() {
        // Given, When, Then
        assertThat(ContentIds.event(EventType.STEMS_READY, "ab", "c"))
                .isNotEqualTo(ContentIds.event(EventType.STEMS_READY, "a", "bc"));
    }
}
