package io.stemline.training.datasets;

import static io.stemline.training.datasets.Recordings.RATE_HZ;
import static io.stemline.training.datasets.Recordings.sine;
import static io.stemline.training.datasets.Recordings.track;
import static io.stemline.training.datasets.Recordings.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioFormat;
import io.stemline.training.datasets.ScanReport.Finding;
import io.stemline.training.datasets.ScanReport.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule for what is wrong with a track, beside a track that is right. */
class BadInputTest {
    private static final int FRAMES = RATE_HZ;
    private static final DatasetSettings SETTINGS = DatasetSettings.standard().withValidationShare(0);

    @TempDir
    private Path folder;

    private Path odd;

    @BeforeEach
    void twoTracks() {
        track(folder.resolve("train/good"), FRAMES);
        odd = folder.resolve("train/odd");
        track(odd, FRAMES);
    }

    @Test
    void aTrackWithoutAStemIsSkippedAndNamed() throws IOException {
        // Given
        Files.delete(odd.resolve("bass.wav"));
        Files.delete(odd.resolve("other.wav"));

        // Then
        assertSkipped(Rule.MISSING_STEM, "there is no bass, no other");
        assertThat(open().report().summary()).isEqualTo("1 track; skipped: 1 without one of the stems");
    }

    @Test
    void aStemThatNobodyAskedForMayBeMissing() throws IOException {
        // Given
        Files.delete(odd.resolve("bass.wav"));

        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS.withStems(StemChoice.parse("vocals,drums")));

        // Then
        assertThat(dataset.tracks(Split.TRAIN)).hasSize(2);
        assertThat(dataset.report().findings()).isEmpty();
    }

    @Test
    void theShortestStemCounts() {
        // Given
        write(odd.resolve("drums.wav"), RATE_HZ, sine(400, FRAMES - 1000));

        // When
        Dataset dataset = open();

        // Then
        assertThat(dataset.tracks(Split.TRAIN).get(1).lengthFrames()).isEqualTo(FRAMES - 1000);
        assertThat(dataset.tracks(Split.TRAIN).get(1).read("bass", 0, FRAMES)[0])
                .endsWith(new float[1000]);
        assertThat(dataset.report().count(Rule.SHORTENED)).isEqualTo(1);
        assertThat(dataset.report().findings().getFirst().sentence())
                .isEqualTo("mixture.wav has 1.000 s, vocals.wav has 1.000 s, drums.wav has 0.977 s, "
                        + "bass.wav has 1.000 s, other.wav has 1.000 s");
    }

    @Test
    void stemsMoreThanHalfASecondApartAreSkipped() {
        // Given
        write(odd.resolve("drums.wav"), RATE_HZ, sine(400, FRAMES / 2 - 10));

        // Then
        assertSkipped(
                Rule.LENGTHS_APART,
                "mixture.wav has 1.000 s, vocals.wav has 1.000 s, drums.wav has 0.500 s, bass.wav has 1.000 s, "
                        + "other.wav has 1.000 s");
    }

    @Test
    void aMonoStemIsWidenedAndCounted() {
        // Given
        write(odd.resolve("vocals.wav"), RATE_HZ, sine(200, FRAMES)[0]);

        // When
        Dataset dataset = open();

        // Then
        float[][] vocals = dataset.tracks(Split.TRAIN).get(1).read("vocals", 0, 1000);
        assertThat(vocals[0]).isEqualTo(sine(200, 1000)[0]);
        assertThat(vocals[1]).isEqualTo(vocals[0]);
        assertThat(dataset.report().findings())
                .containsExactly(new Finding(Split.TRAIN, "odd", Rule.OTHER_CHANNELS, "vocals.wav has 1 channel"));
    }

    @Test
    void stereoIsFoldedWhereMonoIsWished() {
        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS.withFormat(new AudioFormat(RATE_HZ, 1)));

        // Then
        float[][] vocals = dataset.tracks(Split.TRAIN).getFirst().read("vocals", 0, 1000);
        assertThat(vocals).hasNumberOfRows(1);
        assertThat(vocals[0][77]).isCloseTo(0.75f * sine(200, 1000)[0][77], within(1e-6f));
        assertThat(dataset.report().summary()).isEqualTo("2 tracks; used: 2 converted to another number of channels");
    }

    @Test
    void anotherRateIsConvertedAndCounted() {
        // Given: 300 Hz at half the rate
        float[] slow = new float[FRAMES / 2];
        for (int i = 0; i < slow.length; i++) {
            slow[i] = (float) (0.2 * Math.sin(2 * Math.PI * 300 * i / (RATE_HZ / 2.0)));
        }
        write(odd.resolve("vocals.wav"), RATE_HZ / 2, slow, slow);

        // When
        Dataset dataset = open();

        // Then
        LabelledTrack track = dataset.tracks(Split.TRAIN).get(1);
        assertThat(track.lengthFrames()).isEqualTo(FRAMES);
        float[] vocals = track.read("vocals", 10_000, 1000)[0];
        float[][] expected = sine(300, 11_000);
        for (int i = 0; i < 1000; i++) {
            assertThat(vocals[i]).isCloseTo(expected[0][10_000 + i], within(1e-3f));
        }
        assertThat(dataset.report().findings())
                .containsExactly(new Finding(Split.TRAIN, "odd", Rule.OTHER_RATE, "vocals.wav has 22050 Hz"));
    }

    @Test
    void aSilentStemIsKeptAndCounted() {
        // Given
        write(odd.resolve("vocals.wav"), RATE_HZ, new float[FRAMES], new float[FRAMES]);

        // When
        Dataset dataset = open();

        // Then
        assertThat(dataset.tracks(Split.TRAIN)).hasSize(2);
        assertThat(dataset.report().findings())
                .containsExactly(new Finding(Split.TRAIN, "odd", Rule.SILENT_STEM, "vocals.wav is silent"));
    }

    @Test
    void aSilentMixtureIsSkipped() {
        // Given
        write(odd.resolve("mixture.wav"), RATE_HZ, new float[FRAMES], new float[FRAMES]);

        // Then
        assertSkipped(Rule.SILENT_MIXTURE, "it is silent from beginning to end");
    }

    @Test
    void aBrokenFileIsSkippedWithTheDecodersWords() throws IOException {
        // Given
        Files.writeString(odd.resolve("drums.wav"), "this is no sound");

        // When
        Dataset dataset = open();

        // Then
        assertThat(names(dataset)).containsExactly("good");
        assertThat(dataset.report().skipped()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.BROKEN_FILE);
            assertThat(finding.sentence()).startsWith("drums.wav: not audio that can be decoded (Invalid data found");
        });
    }

    @Test
    void aFileThatWasCutALittleIsUsedAndCounted() throws IOException {
        // Given
        Path file = odd.resolve("drums.wav");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 8000));

        // When
        Dataset dataset = open();

        // Then
        assertThat(dataset.tracks(Split.TRAIN).get(1).lengthFrames()).isEqualTo(FRAMES - 1000);
        assertThat(dataset.report().count(Rule.DAMAGED)).isEqualTo(1);
        assertThat(dataset.report().count(Rule.SHORTENED)).isEqualTo(1);
    }

    @Test
    void aDataSetOfWhichNothingIsLeftIsRefused() throws IOException {
        // Given
        Files.delete(odd.resolve("bass.wav"));
        Files.delete(folder.resolve("train/good/vocals.wav"));

        // Then
        assertThatThrownBy(this::open)
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder.getFileName() + ": no track is left to use (0 tracks; skipped: 2 without one of the "
                        + "stems); the first, good: there is no vocals");
    }

    @Test
    void anIndexSparesTheSecondScanAndNoticesChanges() throws IOException {
        // Given
        Path index = folder.resolve("index.json");
        DatasetSettings indexed = SETTINGS.withIndex(index);
        Datasets.open(folder.toString(), indexed);
        Path file = odd.resolve("drums.wav");
        FileTime time = Files.getLastModifiedTime(file);
        byte[] noise = new byte[(int) Files.size(file)];
        Files.write(file, noise);

        // When: the file looks the same, then later
        Files.setLastModifiedTime(file, time);
        int unnoticed =
                Datasets.open(folder.toString(), indexed).tracks(Split.TRAIN).size();
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
        int noticed =
                Datasets.open(folder.toString(), indexed).tracks(Split.TRAIN).size();

        // Then
        assertThat(unnoticed).isEqualTo(2);
        assertThat(noticed).isEqualTo(1);
    }

    @Test
    void aBrokenIndexIsMadeAnew() throws IOException {
        // Given
        Path index = Files.writeString(folder.resolve("index.json"), "{ not json");

        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS.withIndex(index));

        // Then
        assertThat(dataset.tracks(Split.TRAIN)).hasSize(2);
        assertThat(Files.readString(index)).contains("vocals.wav#0");
    }

    private Dataset open() {
        return Datasets.open(folder.toString(), SETTINGS);
    }

    private void assertSkipped(Rule rule, String sentence) {
        Dataset dataset = open();
        assertThat(names(dataset)).containsExactly("good");
        assertThat(dataset.report().skipped()).containsExactly(new Finding(Split.TRAIN, "odd", rule, sentence));
    }

    private static List<String> names(Dataset dataset) {
        return dataset.tracks(Split.TRAIN).stream().map(LabelledTrack::name).toList();
    }
}
