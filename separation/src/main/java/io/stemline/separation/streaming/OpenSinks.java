package io.stemline.separation.streaming;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sinks of all stems; those that were opened are closed, whatever happens. */
final class OpenSinks implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(OpenSinks.class);

    private final List<AudioSink> open = new ArrayList<>();

    OpenSinks(List<String> stems, StemOutputs outputs, AudioFormat format) {
        try {
            for (var stem : stems) {
                open.add(outputs.open(stem, format));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    List<AudioSink> inOrder() {
        return List.copyOf(open);
    }

    /** Finishes whole stems; the first that cannot be finished is thrown. */
    void finish() {
        while (!open.isEmpty()) {
            open.removeLast().close();
        }
    }

    /** Closes the sinks of stems that are not whole; nobody wants to know whether that worked. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.removeLast().close();
            } catch (RuntimeException e) {
                LOGGER.atDebug().setCause(e).log("the sink of an unfinished stem could not be closed");
            }
        }
    }
}
