package io.stemline.ingest.problems;

/** What part of a list a request asks for. */
public final class Page {
    private Page() {}

    /**
     * At most how many elements.
     *
     * @throws ProblemException if that is no number of elements
     */
    public static int limit(int asked) {
        if (asked < 0) {
            throw ProblemException.malformed("limit is %d, and must be 0 or more".formatted(asked));
        }
        return asked;
    }

    /**
     * How many elements to pass over.
     *
     * @throws ProblemException if that is no number of elements
     */
    public static int offset(int asked) {
        if (asked < 0) {
            throw ProblemException.malformed("offset is %d, and must be 0 or more".formatted(asked));
        }
        return asked;
    }
}
