package io.stemline.audio.picture;

import io.stemline.audio.AudioFormat;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * A picture of a signal that comes block by block. It keeps columns, not samples: between one and two times as many as the
 * picture is wide, whatever the length of the signal. When there are more, neighbours are folded into one, so nobody has to
 * know the length beforehand.
 *
 * <p>It may be drawn at any time, and more blocks may follow. Used by one thread at a time.
 */
public abstract sealed class TrackPicture permits WaveformPicture, MelSpectrogramPicture {

    private final AudioFormat format;
    private final PictureSize size;

    TrackPicture(AudioFormat format, PictureSize size) {
        this.format = format;
        this.size = size;
    }

    public final AudioFormat format() {
        return format;
    }

    public final PictureSize size() {
        return size;
    }

    /** How many frames were added. */
    public abstract long lengthFrames();

    /**
     * Adds the next frames. Samples that are no finite numbers count as silence.
     *
     * @param block the samples, {@code [channel][frame]}
     * @param offset the first frame of the block to add
     * @param frames how many frames to add
     */
    public abstract void add(float[][] block, int offset, int frames);

    /**
     * Draws what was added so far, in the size of this picture.
     *
     * @param title stands above, in any script; cut where it is too long; none if blank
     * @throws PictureException if Java cannot draw here
     */
    public final BufferedImage draw(String title) {
        return sheet(title).draw();
    }

    /**
     * Draws as {@link #draw} and writes a PNG file: the whole of it, or nothing.
     *
     * @throws PictureException if Java cannot draw here, or the file cannot be written
     */
    public final void writePng(Path file, String title) {
        sheet(title).writePng(file);
    }

    private PictureSheet sheet(String title) {
        return PictureSheet.of(this, title);
    }

    /** What is to be seen now, ready to be drawn. */
    abstract Panel panel();

    final void requireChannels(float[][] block) {
        if (block.length != format.channels()) {
            throw new IllegalArgumentException(
                    "The picture is of " + format.channels() + " channels, the block has " + block.length);
        }
    }
}
