package io.stemline.ingest.intake;

/** A file that can never become a track; the message is the sentence that stands beside the entry. */
final class RefusedTrackException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedTrackException(String sentence) {
        super(sentence);
    }

    RefusedTrackException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
