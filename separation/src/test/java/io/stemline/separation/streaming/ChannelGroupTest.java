package io.stemline.separation.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelGroupTest {

    @ParameterizedTest
    @CsvSource({
        "1, 2, 0",
        "2, 2, 0+1",
        "3, 2, 0+1 2",
        "4, 2, 0+1 2+3",
        "5, 2, 0+1 2+3 4",
        "6, 2, 0+1 2 3 4+5",
        "7, 2, 0+1 2+3 4+5 6",
        "8, 2, 0+1 2 3 4+5 6+7",
        "1, 1, 0",
        "2, 1, 0 1",
        "6, 1, 0 1 2 3 4 5"
    })
    void channelsAreShownToTheNetworkInPairsThatBelongTogether(
            int mixtureChannels, int networkChannels, String expected) {
        // When
        var groups = ChannelGroup.of(mixtureChannels, networkChannels);

        // Then
        assertThat(groups.stream()
                        .map(group ->
                                group.channels() == 1 ? "" + group.first() : group.first() + "+" + (group.first() + 1))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
    }
}
