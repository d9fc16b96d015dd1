package io.stemline.separation.streaming;

import java.util.Arrays;

/**
 * A piece of a track on its way through the separator: what the network sees of it, what the network said, and the
 * mixture's spectrum to apply that to. Segments are reused within a track.
 */
public final class Segment {

    private final SegmentShape shape;
    private final Track track;
    private final int pass;
    private final float[] input;
    private final float[] output;

    /** The mixture's spectrum, {@code [channel][frame * spectrumRow + bin]}. */
    final float[][] re;

    final float[][] im;

    private int validFrames;
    private boolean first;
    private boolean last;
    private long trackLength;

    Segment(SegmentShape shape, Track track, int pass, int channels) {
        this.shape = shape;
        this.track = track;
        this.pass = pass;
        this.input = new float[shape.frames() * shape.inputRow()];
        this.output = new float[shape.frames() * shape.outputRow()];
        this.re = new float[channels][shape.frames() * shape.spectrumRow()];
        this.im = new float[channels][shape.frames() * shape.spectrumRow()];
    }

    /** What the network sees: {@code [frame][bin][channel]}, or {@code [sample][channel]} for a waveform model. */
    public float[] input() {
        return input;
    }

    /**
     * What the network says: {@code [frame][bin][stem * channel]}, or {@code [sample][stem * channel]} for a waveform
     * model.
     */
    public float[] output() {
        return output;
    }

    /**
     * Real parts of the mixture's spectrum, {@code [channel][frame * bins + bin]} with all bins of the transform; nothing for a
     * waveform model. One channel only where a mixture's channel is shown to the network as both.
     */
    public float[][] spectrumRe() {
        return re;
    }

    /** Imaginary parts of the mixture's spectrum, likewise. */
    public float[][] spectrumIm() {
        return im;
    }

    Track track() {
        return track;
    }

    /** Index of the pass that the segment is of. */
    int pass() {
        return pass;
    }

    /** Rows with something of the track in them; those after are silence. */
    public int validFrames() {
        return validFrames;
    }

    boolean isFull() {
        return validFrames == shape.frames();
    }

    boolean isFirst() {
        return first;
    }

    boolean isLast() {
        return last;
    }

    /** Samples of the whole track at the network's rate; known of the last segment. */
    long trackLength() {
        return trackLength;
    }

    /** Rows that are not in a later segment too. */
    int ownFrames() {
        return last ? validFrames : shape.stride();
    }

    void startTrack() {
        first = true;
        last = false;
        validFrames = 0;
    }

    void startAfter(Segment previous) {
        first = false;
        last = false;
        validFrames = shape.overlap();
        copyRows(previous.input, input, shape.inputRow());
        for (int channel = 0; channel < re.length; channel++) {
            copyRows(previous.re[channel], re[channel], shape.spectrumRow());
            copyRows(previous.im[channel], im[channel], shape.spectrumRow());
        }
    }

    private void copyRows(float[] from, float[] to, int row) {
        System.arraycopy(from, shape.stride() * row, to, 0, shape.overlap() * row);
    }

    /** Takes a row for the next frame and returns its index. */
    int addFrame() {
        return addFrames(1);
    }

    /** Takes rows for the next frames and returns the first one's index. */
    int addFrames(int count) {
        int first = validFrames;
        validFrames += count;
        return first;
    }

    /** How many rows are left. */
    int room() {
        return shape.frames() - validFrames;
    }

    void endTrack(long trackLength) {
        last = true;
        this.trackLength = trackLength;
        Arrays.fill(input, validFrames * shape.inputRow(), input.length, 0);
    }
}
