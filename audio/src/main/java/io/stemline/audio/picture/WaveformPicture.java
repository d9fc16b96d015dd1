package io.stemline.audio.picture;

import io.stemline.audio.AudioFormat;

/**
 * A waveform: the extremes and the RMS of each column, on an axis that is linear in amplitude and labelled in decibels below
 * full scale. Signals that stay below half of full scale, or go beyond it, are drawn as high as the plot.
 */
public final class WaveformPicture extends TrackPicture {

    private final WaveformColumns columns;
    private final boolean together;

    /** A picture with a row for each channel. */
    public WaveformPicture(AudioFormat format, PictureSize size) {
        this(format, size, new WaveformColumns(format.channels(), size.widthPixels()), false);
    }

    private WaveformPicture(AudioFormat format, PictureSize size, WaveformColumns columns, boolean together) {
        super(format, size);
        this.columns = columns;
        this.together = together;
    }

    /**
     * The same picture in a single row: the extremes of all channels, and the RMS over all of them. Channels of opposite
     * phase do not cancel out, as they would in the mean of their samples.
     */
    public WaveformPicture channelsTogether() {
        return new WaveformPicture(format(), size(), columns, true);
    }

    @Override
    public long lengthFrames() {
        return columns.lengthFrames();
    }

    @Override
    public void add(float[][] block, int offset, int frames) {
        requireChannels(block);
        columns.add(block, offset, frames);
    }

    @Override
    Panel panel() {
        return new WaveformPanel(columns, format().sampleRateHz(), together);
    }
}
