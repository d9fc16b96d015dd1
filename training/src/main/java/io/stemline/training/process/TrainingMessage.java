package io.stemline.training.process;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** What a training process says: one object of JSON a line on standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "says")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainingMessage.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = TrainingMessage.Stepped.class, name = "stepped"),
    @JsonSubTypes.Type(value = TrainingMessage.Validated.class, name = "validated"),
    @JsonSubTypes.Type(value = TrainingMessage.Exported.class, name = "exported"),
    @JsonSubTypes.Type(value = TrainingMessage.Refused.class, name = "refused")
})
public sealed interface TrainingMessage {

    /** The tracks were looked at. */
    record Opened(String summary) implements TrainingMessage {}

    /**
     * Some steps later.
     *
     * @param fraction done of the run, 0 to 1
     */
    record Stepped(long step, double loss, double stepsPerSecond, double fraction) implements TrainingMessage {}

    /**
     * A validation, of which a checkpoint was written.
     *
     * @param loss of the last step; NaN where there was none
     * @param validationDb mean over the stems, lower is better
     * @param seconds of training, over interruptions
     */
    record Validated(long step, double loss, double validationDb, boolean best, double seconds)
            implements TrainingMessage {}

    /**
     * The package is written.
     *
     * @param folder of the package
     */
    record Exported(String folder, String weightsSha256) implements TrainingMessage {}

    /** Training cannot go on, and no repetition helps. */
    record Refused(String sentence) implements TrainingMessage {}

    /** As a line, without its end. */
    default String line() {
        try {
            return Lines.JSON.writerFor(TrainingMessage.class).writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + this, e);
        }
    }

    /** The message of a line; empty if the line is something else, such as a word of a library. */
    static Optional<TrainingMessage> parse(String line) {
        try {
            return line.startsWith("{")
                    ? Optional.of(Lines.JSON.readValue(line, TrainingMessage.class))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** How messages are written. */
    final class Lines {
        private static final ObjectMapper JSON = new ObjectMapper();

        private Lines() {}
    }
}
