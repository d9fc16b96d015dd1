package io.stemline.audio.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Signals;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MelSpectrogramPictureTest {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 300;

    @ParameterizedTest
    @CsvSource({"44100, 300", "44100, 1000", "44100, 5000", "44100, 15000", "8000, 2500", "96000, 30000", "22050, 440"})
    void aSineIsBrightestInTheRowOfItsFrequency(int sampleRateHz, double frequencyHz) {
        // Given
        var columns = new MelColumns(new AudioFormat(sampleRateHz, 1), WIDTH, 128);
        columns.add(sine(sampleRateHz, frequencyHz, 2 * sampleRateHz), 0, 2 * sampleRateHz);

        // When
        BufferedImage plot = plotOf(columns, sampleRateHz);

        // Then: mel from Slaney's formula, linear from the bottom to the top; bands are 2.3 pixels high
        double share = mel(frequencyHz) / mel(sampleRateHz / 2.0);
        for (int x : new int[] {20, 200, 380}) {
            assertThat((double) brightestRow(plot, x)).isCloseTo((1 - share) * HEIGHT, within(3.0));
        }
    }

    @Test
    void levelsBelowTheLoudestAreShadesBelowTheBrightest() {
        // Given: half of the time 1 kHz at full scale, then 40 dB below it; columns of one hop
        float[][] samples = sine(44_100, 1000, 4 * 44_100);
        for (int n = 2 * 44_100; n < samples[0].length; n++) {
            samples[0][n] *= 0.01f;
        }
        var columns = new MelColumns(new AudioFormat(44_100, 1), WIDTH, 128);
        columns.add(samples, 0, samples[0].length);

        // When
        BufferedImage plot = plotOf(columns, 44_100);

        // Then
        int row = brightestRow(plot, 100);
        assertThat(distance(plot.getRGB(100, row), ColourMap.magma(1))).isLessThan(12);
        assertThat(distance(plot.getRGB(300, row), ColourMap.magma(0.5))).isLessThan(12);
        assertThat(distance(plot.getRGB(300, 5), ColourMap.magma(0))).isZero();
    }

    @Test
    void aClickStandsAtItsTimeWhateverTheLength() {
        // Given: 20 s, folded several times, with a click of noise at 15 s
        int rate = 8000;
        float[][] samples = new float[1][20 * rate];
        System.arraycopy(Signals.noise(rate, 1, 200, 1, 3).channel(0), 0, samples[0], 15 * rate, 200);
        var columns = new MelColumns(new AudioFormat(rate, 1), WIDTH, 64);

        // When
        columns.add(samples, 0, samples[0].length);

        // Then
        float[][] power = columns.snapshot().power();
        int loudest = 0;
        for (int column = 0; column < power.length; column++) {
            loudest = power[column][30] > power[loudest][30] ? column : loudest;
        }
        double middleSeconds = (loudest + 0.5) * columns.snapshot().framesPerColumn() / rate;
        assertThat(middleSeconds).isCloseTo(15 + 100.0 / rate, within(0.04));
        assertThat(power.length).isBetween(WIDTH, 2 * WIDTH);
    }

    @Test
    void blocksMakeNoDifferenceAndDrawingInBetweenNeither() {
        // Given
        var noise = Signals.noise(8000, 2, 50_011, 0.8, 1);
        var whole = new MelSpectrogramPicture(noise.format(), new PictureSize(WIDTH, HEIGHT));
        var pieces = new MelSpectrogramPicture(noise.format(), new PictureSize(WIDTH, HEIGHT));

        // When
        whole.add(noise.samples(), 0, 50_011);
        for (int start = 0, length = 1; start < 50_011; start += length, length = length * 3 % 3001 + 1) {
            pieces.add(noise.samples(), start, Math.min(length, 50_011 - start));
            pieces.panel();
        }

        // Then
        assertThat(Pixels.of(pieces.draw("x"))).isEqualTo(Pixels.of(whole.draw("x")));
    }

    @Test
    void channelsOfOppositePhaseDoNotCancelOut() {
        // Given
        float[] one = sine(8000, 1000, 8000)[0];
        float[] opposite = new float[one.length];
        for (int n = 0; n < one.length; n++) {
            opposite[n] = -one[n];
        }
        var both = new MelColumns(new AudioFormat(8000, 2), WIDTH, 64);
        var mono = new MelColumns(new AudioFormat(8000, 1), WIDTH, 64);

        // When
        both.add(new float[][] {one, opposite}, 0, one.length);
        mono.add(new float[][] {one}, 0, one.length);

        // Then
        assertThat(both.snapshot().power()[20]).containsExactly(mono.snapshot().power()[20], within(1e-3f));
    }

    @Test
    void anHourTakesNoMoreMemoryThanAMinute() {
        // Given: a minute, after which everything has its place
        var format = new AudioFormat(8000, 1);
        var picture = new MelSpectrogramPicture(format, new PictureSize(WIDTH, HEIGHT));
        var waveform = new WaveformPicture(format, new PictureSize(WIDTH, HEIGHT));
        float[][] second = Signals.noise(8000, 1, 8000, 0.5, 1).samples();
        for (int n = 0; n < 60; n++) {
            picture.add(second, 0, 8000);
            waveform.add(second, 0, 8000);
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        // When
        for (int n = 0; n < 3540; n++) {
            picture.add(second, 0, 8000);
            waveform.add(second, 0, 8000);
        }

        // Then
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        assertThat(picture.lengthFrames()).isEqualTo(28_800_000);
        assertThat(waveform.lengthFrames()).isEqualTo(28_800_000);
    }

    private static BufferedImage plotOf(MelColumns columns, int sampleRateHz) {
        var image = new BufferedImage(2 * WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        var panel = new MelPanel(columns.snapshot(), sampleRateHz, columns.lengthFrames());
        panel.draw(graphics, new Ink(WIDTH), new Rectangle(0, 0, WIDTH, HEIGHT), panel.peak(), panel.lengthSeconds());
        graphics.dispose();
        return image;
    }

    /** The row whose colour is the brightest, away from the frame. */
    private static int brightestRow(BufferedImage plot, int x) {
        int brightest = 2;
        for (int y = 2; y < HEIGHT - 2; y++) {
            brightest = brightness(plot.getRGB(x, y)) > brightness(plot.getRGB(x, brightest)) ? y : brightest;
        }
        return brightest;
    }

    private static int brightness(int colour) {
        return (colour >> 16 & 0xff) + (colour >> 8 & 0xff) + (colour & 0xff);
    }

    private static int distance(int one, int other) {
        int greatest = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            greatest = Math.max(greatest, Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)));
        }
        return greatest;
    }

    private static float[][] sine(int sampleRateHz, double frequencyHz, int length) {
        float[] samples = new float[length];
        for (int n = 0; n < length; n++) {
            samples[n] = (float) Math.sin(2 * Math.PI * frequencyHz * n / sampleRateHz);
        }
        return new float[][] {samples};
    }

    private static double mel(double hz) {
        return hz < 1000 ? hz * 3 / 200 : 15 + 27 * Math.log(hz / 1000) / Math.log(6.4);
    }
}
