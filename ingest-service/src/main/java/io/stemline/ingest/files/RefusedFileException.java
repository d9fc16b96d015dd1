package io.stemline.ingest.files;

/** A file that cannot become what it was submitted as; the message is the sentence that stands beside it. */
public final class RefusedFileException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedFileException(String sentence) {
        super(sentence);
    }

    RefusedFileException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
