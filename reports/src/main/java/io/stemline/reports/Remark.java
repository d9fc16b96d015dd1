package io.stemline.reports;

/**
 * Something about what was read that whoever looks at the report should know.
 *
 * @param kind what it is, so that many of them can be counted
 * @param place the file, track or folder
 * @param sentence what about it, beginning with the place
 */
public record Remark(Kind kind, String place, String sentence) {

    /** Kinds of remarks; {@link #title} is the heading over them. */
    public enum Kind {
        /** Nothing of it is used. */
        UNREADABLE("Passed over: cannot be read"),
        NOT_SCORES("Passed over: holds no scores"),
        TWICE("Passed over: scored twice"),
        MISSING_METRIC("Metrics that are missing"),
        UNEQUAL_WINDOWS("Windows that are not alike"),
        WINDOWS_LEFT_OUT("Windows that are left out");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** A remark on a place. */
    public static Remark of(Kind kind, String place, String what) {
        return new Remark(kind, place, place + ": " + what);
    }
}
