package io.stemline.evaluation;

/**
 * Something that the reader of a track's figures must know.
 *
 * @param kind what it is; tracks of a catalogue often share it
 * @param message one sentence for people, which names the file or stem
 */
public record TrackWarning(Kind kind, String message) {

    /** Kinds of warnings. */
    public enum Kind {
        /** The files cannot be compared, so that there are no figures at all. */
        NOT_SCORED,
        /** A stem has a reference or an estimate, but not both. */
        STEM_WITHOUT_COUNTERPART,
        /** A stem's reference or estimate is silent throughout. */
        SILENT_STEM,
        /** Only one stem could be scored; interference is not defined. */
        LONE_STEM,
        /** The accompaniment was asked for, and is not what it should be. */
        ACCOMPANIMENT,
        /** A stem was asked for, and there is none of its name. */
        NO_SUCH_STEM,
        /** An estimate was padded or cut to the length of the references. */
        LENGTH_CHANGED,
        /** The whole track was scored as one window. */
        WHOLE_TRACK,
        /** The references are linearly dependent within rounding. */
        SINGULAR_SYSTEM,
        /** A file could be read only in part. */
        DAMAGED_FILE,
        /** The mixture cannot be compared with the stems. */
        MIXTURE_UNUSABLE
    }
}
