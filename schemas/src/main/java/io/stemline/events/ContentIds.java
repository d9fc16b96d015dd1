package io.stemline.events;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Ids that follow from what they name: the same thing done twice has the same id. SHA-256, 64 hexadecimal digits. */
public final class ContentIds {
    private ContentIds() {}

    /**
     * @param modelId the model, never absent here: who separates knows which one it uses
     * @param parameters everything else that changes the files, in a fixed spelling
     */
    public static String separation(String trackId, String modelId, String parameters) {
        return hash("separation", trackId, modelId, parameters);
    }

    /**
     * @param references what it is scored against; other references make another evaluation
     */
    public static String evaluation(String separationId, String protocol, List<Reference> references) {
        if (references.isEmpty()) {
            return hash("evaluation", separationId, protocol);
        }
        String against = references.stream()
                .map(reference -> String.join("\0", reference.stem(), reference.object(), "" + reference.stream()))
                .sorted()
                .collect(Collectors.joining("\0"));
        return hash("evaluation", separationId, protocol, against);
    }

    /** Id of the training run that answers a request. */
    public static String trainingRun(String requestId) {
        return hash("training-run", requestId);
    }

    /** Id of an event that states a fact: {@code facts} name what it is about. */
    public static String event(EventType type, String... facts) {
        return hash(type.typeName(), String.join("\0", facts));
    }

    private static String hash(String... parts) {
        return DigestUtils.sha256Hex(String.join("\0", parts));
    }
}
