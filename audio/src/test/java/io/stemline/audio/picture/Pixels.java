package io.stemline.audio.picture;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/** The colours of a picture as {@code 0xRRGGBB}, row by row. */
final class Pixels {

    private Pixels() {}

    static List<Integer> of(BufferedImage image) {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(pixels).map(pixel -> pixel & 0xffffff).boxed().toList();
    }
}
