package io.stemline.training.reporting;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A picture as it goes into files. */
record Png(int widthPixels, int heightPixels, int components, byte[] bytes) {

    static Png of(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Png(
                picture.getWidth(),
                picture.getHeight(),
                picture.getColorModel().getNumComponents(),
                bytes.toByteArray());
    }
}
