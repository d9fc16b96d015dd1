package io.stemline.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.s3.PartedUpload.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartedUploadTest {

    @Test
    void partsFollowEachOtherToTheEnd() {
        // When
        List<Part> parts = PartedUpload.parts(12, 5);

        // Then
        assertThat(parts).containsExactly(new Part(1, 0, 5), new Part(2, 5, 5), new Part(3, 10, 2));
        assertThat(PartedUpload.parts(10, 5)).containsExactly(new Part(1, 0, 5), new Part(2, 5, 5));
    }

    @Test
    void aFileOfAnyLengthHasNoMorePartsThanAServerTakes() {
        // Given
        long terabyte = 1L << 40;

        // When
        List<Part> parts = PartedUpload.parts(terabyte, 16 << 20);

        // Then
        assertThat(parts).hasSizeLessThanOrEqualTo(10_000);
        assertThat(parts.stream().mapToLong(Part::length).sum()).isEqualTo(terabyte);
    }
}
