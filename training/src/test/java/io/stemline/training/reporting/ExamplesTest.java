package io.stemline.training.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.reporting.SeparatedTrack.Target;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

    private static final AudioFormat FORMAT = new AudioFormat(8000, 2);
    private static final int FRAMES = 16_000;

    @TempDir
    Path path;

    @Test
    void everyTargetHasPicturesAndSnippets() throws Exception {
        // Given
        ModelFolder folder = ModelFolder.at(path);
        try (var log = TensorBoardLog.open(folder.runs().resolve("one"), 0)) {
            var examples = new Examples(folder, log, 5);

            // When
            examples.show(100, example("A/B: song"));
        }

        // Then
        assertThat(names(folder.images().resolve("A_B_ song")))
                .containsExactly(
                        "bass_100_spectrogram.png",
                        "bass_100_waveform.png",
                        "vocals_100_spectrogram.png",
                        "vocals_100_waveform.png");
        Path audio = folder.audio().resolve("A_B_ song");
        assertThat(names(audio))
                .containsExactly(
                        "bass_100_estimate.wav",
                        "bass_reference.wav",
                        "mixture.wav",
                        "vocals_100_estimate.wav",
                        "vocals_reference.wav");
        AudioBuffer estimate = AudioFiles.readAll(audio.resolve("vocals_100_estimate.wav"));
        assertThat(estimate.format()).isEqualTo(FORMAT);
        assertThat(estimate.channel(1)).containsExactly(tone(440, 0.25)[1], within(1f / 32768));
    }

    @Test
    void theSpectrogramsOfEstimateAndReferenceHaveOneScale() throws Exception {
        // Given: the estimate is the reference 12 dB lower, so its brightest colour is darker
        ModelFolder folder = ModelFolder.at(path);
        try (var log = TensorBoardLog.open(folder.runs().resolve("one"), 0)) {
            var track = new SeparatedTrack(
                    "song", FORMAT, tone(440, 1), List.of(new Target("vocals", tone(440, 1), tone(440, 0.25))));

            // When
            new Examples(folder, log, 1).show(7, track);
        }

        // Then: estimate above, reference below
        BufferedImage picture = ImageIO.read(
                folder.images().resolve("song/vocals_7_spectrogram.png").toFile());
        int middle = picture.getHeight() / 2;
        assertThat(brightestInPlots(picture, 0, middle))
                .isLessThan(brightestInPlots(picture, middle, picture.getHeight()) - 40);
    }

    @Test
    void theEstimateLiesOverTheReference() {
        // Given: the reference reaches from -0.8 to 0.8, the estimate from -0.4 to 0.4
        var overlay = new WaveformOverlay(8000, tone(440, 0.8), tone(440, 0.4));

        // When
        BufferedImage picture = overlay.draw("song");

        // Then: in the middle of the plot between its ends, -1 to 1 over 220 pixels from 44 on
        assertThat(picture.getRGB(600, yOf(0.6)) & 0xffffff).isEqualTo(WaveformOverlay.REFERENCE.getRGB() & 0xffffff);
        int both = picture.getRGB(600, yOf(0.2));
        assertThat(both >> 16 & 0xff).isGreaterThan(0xa0);
        assertThat(both & 0xff).isLessThan(0x80);
        assertThat(picture.getRGB(600, yOf(0.9)) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void examplesOfOlderStepsAndOfStepsTakenBackAreDeleted() throws Exception {
        // Given
        ModelFolder folder = ModelFolder.at(path);
        try (var log = TensorBoardLog.open(folder.runs().resolve("one"), 0)) {
            var examples = new Examples(folder, log, 2);
            for (long step : new long[] {10, 20, 30, 1000}) {
                examples.show(step, example("song"));
            }

            // When
            examples.show(40, example("song"));
        }

        // Then
        assertThat(names(folder.audio().resolve("song")))
                .filteredOn(name -> name.startsWith("vocals"))
                .containsExactly("vocals_30_estimate.wav", "vocals_40_estimate.wav", "vocals_reference.wav");
        assertThat(names(folder.images().resolve("song")))
                .filteredOn(name -> name.endsWith("waveform.png"))
                .containsExactly(
                        "bass_30_waveform.png",
                        "bass_40_waveform.png",
                        "vocals_30_waveform.png",
                        "vocals_40_waveform.png");
    }

    @Test
    void anEstimateThatIsNoNumberIsSilence() throws Exception {
        // Given
        ModelFolder folder = ModelFolder.at(path);
        float[][] diverged = tone(440, 0.5);
        Arrays.fill(diverged[0], Float.NaN);
        Arrays.fill(diverged[1], Float.POSITIVE_INFINITY);
        var track =
                new SeparatedTrack("song", FORMAT, tone(440, 1), List.of(new Target("vocals", tone(440, 1), diverged)));

        // When
        try (var log = TensorBoardLog.open(folder.runs().resolve("one"), 0)) {
            new Examples(folder, log, 1).show(1, track);
        }

        // Then
        AudioBuffer estimate = AudioFiles.readAll(folder.audio().resolve("song/vocals_1_estimate.wav"));
        assertThat(estimate.channel(0)).containsOnly(0f);
        assertThat(estimate.channel(1)).containsOnly(0f);
    }

    @Test
    void signalsOfDifferentShapesAreRefused() {
        // When / Then
        assertThatThrownBy(() -> new SeparatedTrack(
                        "song", FORMAT, tone(440, 1), List.of(new Target("vocals", tone(440, 1), new float[2][5]))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the estimate of vocals has 5 frames, the mixture 16000");
    }

    private static SeparatedTrack example(String name) {
        return new SeparatedTrack(
                name,
                FORMAT,
                tone(440, 0.5),
                List.of(
                        new Target("vocals", tone(440, 0.5), tone(440, 0.25)),
                        new Target("bass", tone(110, 0.5), tone(110, 0.4))));
    }

    private static float[][] tone(double frequencyHz, double amplitude) {
        float[][] samples = new float[2][FRAMES];
        for (int n = 0; n < FRAMES; n++) {
            samples[0][n] = (float) (amplitude * Math.sin(2 * Math.PI * frequencyHz * n / 8000));
            samples[1][n] = -samples[0][n];
        }
        return samples;
    }

    private static int yOf(double amplitude) {
        return 44 + (int) Math.round((1 - amplitude) / 2 * 219);
    }

    /** The greatest green value among coloured pixels; labels and frames are grey. */
    private static int brightestInPlots(BufferedImage picture, int top, int bottom) {
        int brightest = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 150; x < 1000; x++) {
                int colour = picture.getRGB(x, y);
                boolean grey = Math.abs((colour >> 16 & 0xff) - (colour & 0xff)) < 24;
                brightest = grey ? brightest : Math.max(brightest, colour >> 8 & 0xff);
            }
        }
        return brightest;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
