package io.stemline.audio.picture;

import io.stemline.audio.AudioFormat;

/**
 * A mel spectrogram: the power in bands that are equally wide in mel (Slaney's scale, filters of unit area, from 0 Hz to
 * half the sample rate), in decibels below the highest one, down to {@value MelPanel#RANGE_DB} dB. The power is the mean
 * over the channels.
 */
public final class MelSpectrogramPicture extends TrackPicture {

    private static final int BANDS = 128;

    private final MelColumns columns;

    /** A picture with 128 bands. */
    public MelSpectrogramPicture(AudioFormat format, PictureSize size) {
        this(format, size, BANDS);
    }

    /**
     * @param bands how many bands
     */
    public MelSpectrogramPicture(AudioFormat format, PictureSize size, int bands) {
        super(format, size);
        this.columns = new MelColumns(format, size.widthPixels(), bands);
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
        return new MelPanel(columns.snapshot(), format().sampleRateHz(), columns.lengthFrames());
    }
}
