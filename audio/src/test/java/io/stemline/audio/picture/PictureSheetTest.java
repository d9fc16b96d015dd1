package io.stemline.audio.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.Signals;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSheetTest {

    private static final int WHITE = 0xffffff;

    @TempDir
    private Path folder;

    /** Channels, sample rate and seconds of silence, of very short, very long and very quiet signals. */
    @ParameterizedTest
    @CsvSource({
        "1, 44100, 0, 0", "1, 44100, 0.00005, 0.5", "2, 44100, 0.1, 0.5", "2, 48000, 3, 0", "1, 8000, 5, 1e-6",
        "6, 48000, 3, 1.7", "64, 8000, 2, 0.5", "1, 1000, 7200, 0.5", "1, 1, 100000, 0.5", "2, 384000, 0.2, 0.5"
    })
    void nothingIsCutAtTheEdges(int channels, int sampleRateHz, double seconds, double amplitude) {
        // Given
        var format = new AudioFormat(sampleRateHz, channels);
        var waveform = new WaveformPicture(format, PictureSize.standard());
        var mel = new MelSpectrogramPicture(format, PictureSize.standard());
        int frames = (int) Math.round(seconds * sampleRateHz);
        var noise = Signals.noise(sampleRateHz, channels, frames, amplitude, 1);

        // When
        waveform.add(noise.samples(), 0, frames);
        mel.add(noise.samples(), 0, frames);

        // Then
        for (BufferedImage picture : List.of(
                waveform.draw("A title"),
                mel.draw("A title"),
                PictureSheet.titled("A title", 1600)
                        .add("noise", waveform.channelsTogether(), 80)
                        .add("", mel, 160)
                        .draw())) {
            assertThat(picture.getWidth()).isEqualTo(1600);
            assertThat(hasMargin(picture, 4)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"320, 120", "640, 200", "1600, 400", "4000, 1500"})
    void picturesHaveTheSizeThatWasAskedFor(int width, int height) {
        // Given
        var picture = new MelSpectrogramPicture(new AudioFormat(8000, 1), new PictureSize(width, height));
        picture.add(Signals.noise(8000, 1, 8000, 0.5, 1).samples(), 0, 8000);

        // When
        BufferedImage drawn = picture.draw("Title");

        // Then
        assertThat(drawn.getWidth()).isEqualTo(width);
        assertThat(drawn.getHeight()).isEqualTo(height);
        assertThat(hasMargin(drawn, 2)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ärger im Überfluß",
                "日本語のタイトル",
                "שלום, مرحبا",
                "👩‍👩‍👧 family",
                "tab\tand\nnew line\u0007",
                "a title that is so long that it cannot stand above any picture of this width, wherever one begins it",
                "\uD800 half a letter"
            })
    void titlesMayHoldAnyLetter(String title) {
        // Given
        var picture = new WaveformPicture(new AudioFormat(8000, 1), new PictureSize(640, 200));
        picture.add(new float[1][8000], 0, 8000);

        // When
        BufferedImage drawn = picture.draw(title);

        // Then
        assertThat(hasMargin(drawn, 2)).isTrue();
        assertThat(Pixels.of(drawn)).isNotEqualTo(Pixels.of(picture.draw(".")));
    }

    @Test
    void picturesOfOneKindShareTheirScale() {
        // Given: a loud signal, and the same 20 dB quieter
        var format = new AudioFormat(8000, 1);
        var loud = new WaveformPicture(format, PictureSize.standard());
        var quiet = new WaveformPicture(format, PictureSize.standard());
        loud.add(Signals.noise(8000, 1, 80_000, 1, 1).samples(), 0, 80_000);
        quiet.add(Signals.noise(8000, 1, 80_000, 0.1, 1).samples(), 0, 80_000);

        // When
        BufferedImage alone = PictureSheet.titled("", 800).add("", quiet, 100).draw();
        BufferedImage beside = PictureSheet.titled("", 800)
                .add("", quiet, 100)
                .add("", loud, 100)
                .draw();

        // Then
        assertThat(blue(alone, 0, 110)).isGreaterThan(5 * blue(beside, 0, 110));
        assertThat(blue(beside, 120, 220)).isGreaterThan(5 * blue(beside, 0, 110));
    }

    @Test
    void aShorterSignalEndsWhereItEndsOnTheCommonAxis() {
        // Given: one second beside two
        var format = new AudioFormat(8000, 1);
        var longer = new WaveformPicture(format, PictureSize.standard());
        var shorter = new WaveformPicture(format, PictureSize.standard());
        longer.add(Signals.noise(8000, 1, 16_000, 1, 1).samples(), 0, 16_000);
        shorter.add(Signals.noise(8000, 1, 8000, 1, 1).samples(), 0, 8000);

        // When
        BufferedImage sheet = PictureSheet.titled("", 800)
                .add("", longer, 100)
                .add("", shorter, 100)
                .draw();

        // Then
        assertThat((double) blue(sheet, 120, 220)).isBetween(0.4 * blue(sheet, 0, 110), 0.6 * blue(sheet, 0, 110));
    }

    @Test
    void aPictureIsWrittenAsPngAndReplacesAnOlderOne() throws Exception {
        // Given
        var picture = new WaveformPicture(new AudioFormat(8000, 1), new PictureSize(640, 200));
        Path file = folder.resolve("wave.png");
        picture.writePng(file, "silence");

        // When
        picture.add(Signals.noise(8000, 1, 8000, 0.5, 1).samples(), 0, 8000);
        picture.writePng(file, "noise");

        // Then
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(Pixels.of(read)).isEqualTo(Pixels.of(picture.draw("noise")));
        assertThat(folder).isDirectoryContaining("glob:**wave.png");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void whereNothingCanBeWrittenItSaysSo() {
        var picture = new WaveformPicture(new AudioFormat(8000, 1), new PictureSize(640, 200));
        Path file = folder.resolve("nowhere/wave.png");

        assertThatThrownBy(() -> picture.writePng(file, ""))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("wave.png: the picture cannot be written");
    }

    @Test
    void sizesThatNobodyCanReadAreRefused() {
        assertThatThrownBy(() -> new PictureSize(100, 100))
                .hasMessage("A picture has between 320 x 120 and 16384 x 16384 pixels, not 100 x 100");
    }

    private static boolean hasMargin(BufferedImage picture, int margin) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean atEdge = x < margin || x >= width - margin || y < margin || y >= height - margin;
                if (atEdge && (picture.getRGB(x, y) & WHITE) != WHITE) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long blue(BufferedImage picture, int fromRow, int toRow) {
        var rows = picture.getSubimage(0, fromRow, picture.getWidth(), toRow - fromRow);
        return Pixels.of(rows).stream()
                .filter(colour -> colour == (Ink.EXTREMES.getRGB() & WHITE) || colour == (Ink.RMS.getRGB() & WHITE))
                .count();
    }
}
