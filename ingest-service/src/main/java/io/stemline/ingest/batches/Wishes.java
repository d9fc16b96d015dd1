package io.stemline.ingest.batches;

import io.stemline.events.AudioReady;
import io.stemline.ingest.problems.ProblemException;
import java.util.Optional;
import java.util.Set;

/** How clients say the way in which they want tracks separated. */
final class Wishes {
    private static final Set<String> ENCODINGS =
            Set.of("wav-16", "wav-24", "wav-float", "flac-16", "flac-24", "mp3", "aac");

    private Wishes() {}

    static AudioReady.Wish of(Optional<String> modelId, Optional<String> encoding) {
        String wanted = encoding.orElse(AudioReady.Wish.DEFAULT.encoding());
        if (!ENCODINGS.contains(wanted)) {
            throw ProblemException.malformed("the encoding '%s' is not one of %s"
                    .formatted(
                            wanted,
                            String.join(", ", ENCODINGS.stream().sorted().toList())));
        }
        return new AudioReady.Wish(modelId, wanted);
    }
}
