package io.stemline.ingest.batches;

import io.stemline.events.AudioReady;
import java.util.List;
import java.util.Optional;

/**
 * Entries that are submitted together.
 *
 * @param name what people call it
 * @param wish how all of it is to be separated
 */
public record Submission(String name, List<Entry> entries, AudioReady.Wish wish) {

    public Submission {
        entries = List.copyOf(entries);
    }

    /**
     * One track to be.
     *
     * @param path absolute path of the audio file
     * @param name what people call it
     * @param tags what the submitter knows of it; goes before what the file says
     * @param references files of its true stems
     * @param refusal why it cannot be taken, where that is known already; it then becomes a visible failure
     */
    public record Entry(
            String path, String name, AudioReady.Tags tags, List<ReferenceFile> references, Optional<String> refusal) {

        public Entry {
            references = List.copyOf(references);
        }

        public static Entry refused(String path, String name, String reason) {
            return new Entry(path, name, AudioReady.Tags.NONE, List.of(), Optional.of(reason));
        }
    }

    /**
     * @param stem name of the stem
     * @param path absolute path of its audio file
     */
    public record ReferenceFile(String stem, String path) {}
}
