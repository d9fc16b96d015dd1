package io.stemline.ingest.deadletters;

import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.deadletters.DeadLetter;
import io.stemline.pipeline.deadletters.DeadLetterTopics;
import jakarta.inject.Singleton;
import java.util.List;

/** What can be done with dead letters, one by one or many at once. Each letter is a transaction of its own. */
@Singleton
public final class DeadLetterActions {
    private final DeadLetterRows rows;
    private final DeadLetterTopics topics;

    DeadLetterActions(DeadLetterRows rows, DeadLetterTopics topics) {
        this.rows = rows;
        this.topics = topics;
    }

    /** Letters that nobody has dealt with yet, newest first. */
    public List<DeadLetterView> open(int offset, int limit) {
        return rows.open(offset, limit);
    }

    public int openCount() {
        return rows.openIds().size();
    }

    /** Sends a record through again. */
    public void retry(String id) throws InterruptedException {
        DeadLetter letter = rows.letter(id).orElseThrow(() -> ProblemException.notFound("dead letter", id));
        rows.retry(id, letter, () -> topics.republish(letter));
    }

    /** Sends those of the letters through again that nobody has dealt with, and returns how many these are. */
    public int retry(List<String> ids) throws InterruptedException {
        List<String> open = rows.openAmong(ids);
        for (String id : open) {
            retry(id);
        }
        return open.size();
    }

    /** As {@link #retry(List)}, with every letter. */
    public int retryAll() throws InterruptedException {
        return retry(rows.openIds());
    }

    /** Lets those of the letters rest that nobody has dealt with, and returns how many these are. Their entries stay failed. */
    public int drop(List<String> ids) {
        return rows.drop(ids);
    }

    /** As {@link #drop}, with every letter. */
    public int dropAll() {
        return rows.drop(rows.openIds());
    }
}
