package io.stemline.audio.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.Signals;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class WaveformPictureTest {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 201;
    private static final int WHITE = 0xffffff;

    @Test
    void extremesStayInTheColumnsWhereTheyWere() {
        // Given: twice as many columns as wanted are 800; 102,400 frames fold into 800 columns of 128
        var columns = new WaveformColumns(2, WIDTH);
        float[][] samples = new float[2][102_400];
        samples[0][5000] = 0.7f;
        samples[0][5001] = -0.2f;
        samples[1][99_999] = -0.9f;

        // When
        columns.add(samples, 0, 102_400);

        // Then
        assertThat(columns.framesPerColumn()).isEqualTo(128);
        assertThat(columns.columns()).isEqualTo(800);
        for (int column = 0; column < 800; column++) {
            assertThat(columns.highest(0, column)).isEqualTo(column == 5000 / 128 ? 0.7f : 0);
            assertThat(columns.lowest(0, column)).isEqualTo(column == 5000 / 128 ? -0.2f : 0);
            assertThat(columns.lowest(1, column)).isEqualTo(column == 99_999 / 128 ? -0.9f : 0);
        }
        assertThat(columns.energy(0, 5000 / 128)).isCloseTo(0.53, within(1e-6));
        assertThat(columns.peak()).isCloseTo(0.9, within(1e-6));
    }

    @Test
    void thereAreBetweenOneAndTwoTimesAsManyColumnsAsWanted() {
        // Given
        var columns = new WaveformColumns(1, WIDTH);
        float[][] block = new float[1][977];

        // When
        for (int i = 0; i < 3000; i++) {
            columns.add(block, 0, 977);

            // Then
            assertThat(columns.columns()).isBetween(WIDTH, 2 * WIDTH);
            assertThat((columns.columns() - 1) * columns.framesPerColumn() + columns.frames(columns.columns() - 1))
                    .isEqualTo(columns.lengthFrames());
        }
    }

    @Test
    void blocksMakeNoDifference() {
        // Given
        var noise = Signals.noise(8000, 2, 30_011, 0.8, 1);
        var whole = new WaveformPicture(noise.format(), new PictureSize(WIDTH, HEIGHT));
        var pieces = new WaveformPicture(noise.format(), new PictureSize(WIDTH, HEIGHT));

        // When
        whole.add(noise.samples(), 0, 30_011);
        for (int start = 0, length = 1; start < 30_011; start += length, length = length * 3 % 997 + 1) {
            pieces.add(noise.samples(), start, Math.min(length, 30_011 - start));
            pieces.draw("in between");
        }

        // Then
        assertThat(Pixels.of(pieces.draw("x"))).isEqualTo(Pixels.of(whole.draw("x")));
    }

    @Test
    void aClickIsDrawnWhereItSoundsAsHighAsItIs() {
        // Given: a positive click of full scale a quarter into the signal, a negative one of half of it at three
        // quarters
        var columns = new WaveformColumns(1, WIDTH);
        float[][] samples = new float[1][409_600];
        samples[0][102_400] = 1;
        samples[0][307_200] = -0.5f;
        columns.add(samples, 0, 409_600);

        // When
        BufferedImage plot = plotOf(columns, 1);

        // Then: the first row below the frame, the middle, and half of the way below it
        assertThat(isDrawn(plot, 100, 1)).isTrue();
        assertThat(isDrawn(plot, 300, 100 + 49)).isTrue();
        assertThat(isDrawn(plot, 300, 100 + 53)).isFalse();
        for (int x = 2; x < WIDTH - 2; x++) {
            assertThat(isDrawn(plot, x, 100)).isTrue();
            if (Math.abs(x - 100) > 1) {
                assertThat(isDrawn(plot, x, 50 + 4)).isFalse();
            }
            if (Math.abs(x - 300) > 1) {
                assertThat(isDrawn(plot, x, 150 - 4)).isFalse();
            }
        }
    }

    @Test
    void channelsOfOppositePhaseDoNotCancelOutInOneRow() {
        // Given
        var samples = Signals.sines(8000, 1, 8000, 0.9).channel(0);
        float[] opposite = new float[8000];
        for (int n = 0; n < 8000; n++) {
            opposite[n] = -samples[n];
        }
        var picture = new WaveformPicture(new AudioFormat(8000, 2), new PictureSize(WIDTH, HEIGHT));
        var mono = new WaveformPicture(new AudioFormat(8000, 1), new PictureSize(WIDTH, HEIGHT));

        // When
        picture.add(new float[][] {samples, opposite}, 0, 8000);
        mono.add(new float[][] {samples}, 0, 8000);

        // Then
        assertThat((double) drawnPixels(picture.channelsTogether().draw("")))
                .isCloseTo(drawnPixels(mono.draw("")), withinPercentage(1));
    }

    @Test
    void whatIsNoNumberIsSilence() {
        // Given
        var columns = new WaveformColumns(1, WIDTH);

        // When
        columns.add(new float[][] {{Float.NaN, Float.POSITIVE_INFINITY, 0.5f, Float.NEGATIVE_INFINITY}}, 0, 4);

        // Then
        assertThat(columns.peak()).isEqualTo(0.5);
        assertThat(columns.energy(0, 0)).isZero();
    }

    @Test
    void aBlockOfOtherChannelsIsRefused() {
        var picture = new WaveformPicture(new AudioFormat(8000, 2), PictureSize.standard());

        assertThatThrownBy(() -> picture.add(new float[1][10], 0, 10))
                .hasMessage("The picture is of 2 channels, the block has 1");
    }

    private static BufferedImage plotOf(WaveformColumns columns, double peak) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        var panel = new WaveformPanel(columns, 44_100, false);
        panel.draw(graphics, new Ink(WIDTH), new Rectangle(0, 0, WIDTH, HEIGHT), peak, panel.lengthSeconds());
        graphics.dispose();
        return image;
    }

    private static boolean isDrawn(BufferedImage plot, int x, int y) {
        int colour = plot.getRGB(x, y) & WHITE;
        return colour == (Ink.EXTREMES.getRGB() & WHITE) || colour == (Ink.RMS.getRGB() & WHITE);
    }

    private static long drawnPixels(BufferedImage picture) {
        return Pixels.of(picture).stream()
                .filter(colour -> colour == (Ink.EXTREMES.getRGB() & WHITE) || colour == (Ink.RMS.getRGB() & WHITE))
                .count();
    }
}
