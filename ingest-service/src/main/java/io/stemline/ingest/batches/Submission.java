package io.stemline.ingest.batches;

import io.stemline.events.AudioReady;
import io.stemline.registry.Split;
import java.util.List;
import java.util.Optional;

/**
 * Entries that are submitted together.
 *
 * @param name what people call it
 * @param wish how all of it is to be separated
 * @param dataset the data set that its tracks join; they are then only taken in, and not separated
 */
public record Submission(String name, List<Entry> entries, AudioReady.Wish wish, Optional<String> dataset) {

    public Submission {
        entries = List.copyOf(entries);
    }

    /** Entries that are to be separated. */
    public Submission(String name, List<Entry> entries, AudioReady.Wish wish) {
        this(name, entries, wish, Optional.empty());
    }

    /**
     * One track to be.
     *
     * @param path absolute path of the audio file
     * @param name what people call it
     * @param tags what the submitter knows of it; goes before what the file says
     * @param references files of its true stems
     * @param refusal why it cannot be taken, where that is known already; it then becomes a visible failure
     * @param split what its data set means it for
     */
    public record Entry(
            String path,
            String name,
            AudioReady.Tags tags,
            List<ReferenceFile> references,
            Optional<String> refusal,
            Optional<Split> split) {

        public Entry {
            references = List.copyOf(references);
        }

        /** An entry that is in no split of a data set. */
        public Entry(
                String path,
                String name,
                AudioReady.Tags tags,
                List<ReferenceFile> references,
                Optional<String> refusal) {
            this(path, name, tags, references, refusal, Optional.empty());
        }

        public Entry in(Split newSplit) {
            return new Entry(path, name, tags, references, refusal, Optional.of(newSplit));
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
