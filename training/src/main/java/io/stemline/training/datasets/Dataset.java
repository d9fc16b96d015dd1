package io.stemline.training.datasets;

import io.stemline.audio.AudioFormat;
import java.util.List;

/** Tracks with known stems, by what they may be used for. All are read at one sample rate and number of channels. */
public interface Dataset {
    /** What people call it: the folder's or file's name, or {@code songs}. */
    String name();

    /** The stems that every track has, in the order of the setting. */
    List<String> stems();

    /** Rate and channels of everything that is read. */
    AudioFormat format();

    /**
     * The tracks of a split, in an order that does not change. The list of an {@link #endless} data set makes its tracks when
     * they are asked for, and is not to be gone through to its end.
     */
    List<LabelledTrack> tracks(Split split);

    /** Whether there are more tracks than anybody can hear. */
    boolean endless();

    /** What was skipped or converted, and why. */
    ScanReport report();
}
