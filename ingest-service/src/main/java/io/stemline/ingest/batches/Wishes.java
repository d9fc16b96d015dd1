package io.stemline.ingest.batches;

import io.stemline.audio.Encoding;
import io.stemline.events.AudioReady;
import io.stemline.ingest.problems.ProblemException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How clients say the way in which they want tracks separated. */
final class Wishes {
    private Wishes() {}

    static AudioReady.Wish of(Optional<String> modelId, Optional<String> encoding) {
        String wanted = encoding.orElse(AudioReady.Wish.DEFAULT.encoding());
        if (Encoding.spelled(wanted).isEmpty()) {
            throw ProblemException.malformed("the encoding '%s' is not one of %s"
                    .formatted(
                            wanted,
                            Arrays.stream(Encoding.values())
                                    .map(Encoding::spelling)
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
        return new AudioReady.Wish(modelId, wanted);
    }
}
