package io.stemline.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelPublicationTest {

    @Test
    void ofExponentsThatAreAboutAsGoodTheSmallestIsTaken() {
        // Then
        assertThat(ModelPublication.smallestWithinTolerance(Map.of(1.0, 9.0, 0.7, 8.8, 0.5, 8.5)))
                .isEqualTo(0.7);
        assertThat(ModelPublication.smallestWithinTolerance(Map.of(1.0, 9.0, 0.7, 8.0, 0.5, 7.0)))
                .isEqualTo(1.0);
    }
}
