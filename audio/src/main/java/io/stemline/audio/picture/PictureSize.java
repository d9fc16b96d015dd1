package io.stemline.audio.picture;

/**
 * How large a picture is. Text grows with the width, so that a picture can be printed or shown at half its size and still
 * be read.
 *
 * @param widthPixels {@value #LEAST_WIDTH} to {@value #GREATEST}
 * @param heightPixels {@value #LEAST_HEIGHT} to {@value #GREATEST}
 */
public record PictureSize(int widthPixels, int heightPixels) {

    public static final int LEAST_WIDTH = 320;
    public static final int LEAST_HEIGHT = 120;
    public static final int GREATEST = 16_384;

    public PictureSize {
        if (widthPixels < LEAST_WIDTH
                || widthPixels > GREATEST
                || heightPixels < LEAST_HEIGHT
                || heightPixels > GREATEST) {
            throw new IllegalArgumentException("A picture has between %d x %d and %d x %d pixels, not %d x %d"
                    .formatted(LEAST_WIDTH, LEAST_HEIGHT, GREATEST, GREATEST, widthPixels, heightPixels));
        }
    }

    /** 1600 x 400 pixels. */
    public static PictureSize standard() {
        return new PictureSize(1600, 400);
    }

    public PictureSize withHeight(int heightPixels) {
        return new PictureSize(widthPixels, heightPixels);
    }
}
