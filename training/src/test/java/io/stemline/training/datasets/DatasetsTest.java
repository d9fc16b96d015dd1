package io.stemline.training.datasets;

import static io.stemline.training.datasets.Recordings.RATE_HZ;
import static io.stemline.training.datasets.Recordings.sine;
import static io.stemline.training.datasets.Recordings.track;
import static io.stemline.training.datasets.Recordings.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioFormat;
import io.stemline.training.songs.Song;
import io.stemline.training.songs.SongGenerator;
import io.stemline.training.songs.Stem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of data sets. */
class DatasetsTest {
    private static final DatasetSettings SETTINGS = DatasetSettings.standard();
    private static final int FRAMES = 5000;

    @TempDir
    private Path folder;

    @Test
    void aFolderWithValGivesAllThreeSplits() {
        // Given: Auralflow's folders
        track(folder.resolve("train/one"), FRAMES);
        track(folder.resolve("train/two"), FRAMES);
        track(folder.resolve("val/three"), FRAMES);
        track(folder.resolve("test/four"), FRAMES);

        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS);

        // Then
        assertThat(dataset.name()).isEqualTo(folder.getFileName().toString());
        assertThat(dataset.stems()).containsExactly("vocals", "drums", "bass", "other");
        assertThat(names(dataset, Split.TRAIN)).containsExactly("one", "two");
        assertThat(names(dataset, Split.VALIDATION)).containsExactly("three");
        assertThat(names(dataset, Split.TEST)).containsExactly("four");
        assertThat(dataset.report().summary()).isEqualTo("4 tracks");
    }

    @Test
    void stretchesOfStemsAreTheSamplesOfTheFiles() {
        // Given
        track(folder.resolve("train/one"), FRAMES);

        // When
        LabelledTrack track =
                Datasets.open(folder.toString(), SETTINGS).tracks(Split.TRAIN).getFirst();

        // Then
        assertThat(track.lengthFrames()).isEqualTo(FRAMES);
        float[][] bass = sine(600, FRAMES);
        float[][] read = track.read("bass", 1234, 2000);
        assertThat(read[0]).isEqualTo(Arrays.copyOfRange(bass[0], 1234, 3234));
        assertThat(read[1]).isEqualTo(Arrays.copyOfRange(bass[1], 1234, 3234));
        float[][] overTheEnd = track.read("bass", FRAMES - 10, 20);
        assertThat(overTheEnd[0]).startsWith(Arrays.copyOfRange(bass[0], FRAMES - 10, FRAMES));
        assertThat(Arrays.copyOfRange(overTheEnd[0], 10, 20)).containsOnly(0);
        assertThat(track.read("bass", FRAMES + 100, 20)[1]).containsOnly(0);
        assertThatThrownBy(() -> track.read("piano", 0, 10))
                .hasMessage("one: the data set was opened without a stem piano");
    }

    @Test
    void withoutAFolderForItAShareOfTheTrainingTracksValidates() {
        // Given: MUSDB18-HQ's folders
        IntStream.range(0, 40).forEach(i -> track(folder.resolve("train/song " + i), 200));

        // When
        Dataset eighth = Datasets.open(folder.toString(), SETTINGS);
        Dataset third = Datasets.open(folder.toString(), SETTINGS.withValidationShare(1 / 3.0));
        Dataset none = Datasets.open(folder.toString(), SETTINGS.withValidationShare(0));

        // Then
        assertThat(names(eighth, Split.VALIDATION)).hasSizeBetween(1, 12);
        assertThat(names(third, Split.VALIDATION)).hasSizeBetween(6, 22).containsAll(names(eighth, Split.VALIDATION));
        assertThat(names(third, Split.TRAIN))
                .hasSize(40 - names(third, Split.VALIDATION).size());
        assertThat(names(none, Split.VALIDATION)).isEmpty();
    }

    @Test
    void ofTwoTrainingTracksOneValidates() {
        // Given
        track(folder.resolve("train/a"), 200);
        track(folder.resolve("train/b"), 200);

        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS.withValidationShare(1e-9));

        // Then
        assertThat(names(dataset, Split.TRAIN)).hasSize(1);
        assertThat(names(dataset, Split.VALIDATION)).hasSize(1);
    }

    @Test
    void stemFilesAreReadStreamByStream() throws Exception {
        // Given
        Path sources = folder.resolve("sources");
        track(sources, RATE_HZ);
        Path file = Files.createDirectories(folder.resolve("musdb/train")).resolve("A - Song.stem.mp4");
        Recordings.stemFile(
                file,
                List.of(
                        sources.resolve("mixture.wav"),
                        sources.resolve("drums.wav"),
                        sources.resolve("bass.wav"),
                        sources.resolve("other.wav"),
                        sources.resolve("vocals.wav")));

        // When
        Dataset dataset = Datasets.open(folder.resolve("musdb").toString(), SETTINGS);
        LabelledTrack track = dataset.tracks(Split.TRAIN).getFirst();

        // Then
        assertThat(track.name()).isEqualTo("A - Song");
        assertThat(track.lengthFrames()).isBetween((long) RATE_HZ, RATE_HZ + 2048L);
        for (int stem = 0; stem < 4; stem++) {
            float[] expected = Arrays.copyOfRange(sine(200 * (stem + 1), RATE_HZ)[0], 10_000, 30_000);
            float[] read = track.read(Recordings.STEMS.get(stem), 10_000, 20_000)[0];
            assertThat(correlation(read, expected)).isGreaterThan(0.999);
        }
    }

    @Test
    void aTableOfEachSplitIsReadBelowTheAudioFolder() throws IOException {
        // Given: Spleeter's tables
        track(folder.resolve("audio/first"), FRAMES);
        track(folder.resolve("audio/sec, \"ond\""), FRAMES);
        String header = "mix_path,vocals_path,drums_path,bass_path,other_path,duration\n";
        Path train = Files.writeString(
                folder.resolve("musdb_train.csv"),
                header + "first/mixture.wav,first/vocals.wav,first/drums.wav,first/bass.wav,first/other.wav,0.1\r\n");
        String quoted = "\"sec, \"\"ond\"\"/%s.wav\"";
        Files.writeString(
                folder.resolve("musdb_validation.csv"),
                header
                        + String.join(
                                ",",
                                List.of("mixture", "vocals", "drums", "bass", "other").stream()
                                        .map(quoted::formatted)
                                        .toList())
                        + ",0.1");

        // When
        Dataset dataset = Datasets.open(train.toString(), SETTINGS.withAudioRoot(folder.resolve("audio")));

        // Then
        assertThat(dataset.name()).isEqualTo("musdb");
        assertThat(names(dataset, Split.TRAIN)).containsExactly("first/mixture.wav");
        assertThat(names(dataset, Split.VALIDATION)).containsExactly("sec, \"ond\"/mixture.wav");
        assertThat(dataset.tracks(Split.VALIDATION).getFirst().read("drums", 0, 500)[0])
                .isEqualTo(Arrays.copyOf(sine(400, 500)[0], 500));
    }

    @Test
    void aTableWithoutAMixtureColumnOrWithOddRowsIsRefused() throws IOException {
        // Given
        Path noMixture = Files.writeString(folder.resolve("a.csv"), "vocals_path,duration\nx.wav,1\n");
        Path oddRow = Files.writeString(folder.resolve("b.csv"), "mix_path,vocals_path\nm.wav,v.wav\nm.wav\n");

        // Then
        assertThatThrownBy(() -> Datasets.open(noMixture.toString(), SETTINGS))
                .isInstanceOf(DatasetException.class)
                .hasMessage("a.csv: the first line names the columns, and one of them is mix_path; it has "
                        + "vocals_path, duration");
        assertThatThrownBy(() -> Datasets.open(oddRow.toString(), SETTINGS))
                .hasMessage("b.csv: row 3 has 1 values, the first line names 2 columns");
    }

    @Test
    void stemsCanBeSumsOfOthers() {
        // Given
        track(folder.resolve("train/one"), FRAMES);
        var choices = StemChoice.parse("vocals, accompaniment=*");

        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS.withStems(choices));

        // Then
        assertThat(dataset.stems()).containsExactly("vocals", "accompaniment");
        LabelledTrack track = dataset.tracks(Split.TRAIN).getFirst();
        float[] mixture = track.read(LabelledTrack.MIXTURE, 0, FRAMES)[0];
        float[] vocals = track.read("vocals", 0, FRAMES)[0];
        float[] accompaniment = track.read("accompaniment", 0, FRAMES)[0];
        for (int i = 0; i < FRAMES; i++) {
            assertThat(vocals[i] + accompaniment[i]).isCloseTo(mixture[i], within(1e-6f));
        }
    }

    @Test
    void stemsThatTheDataSetDoesNotHaveAreRefused() throws IOException {
        // Given
        Path table = Files.writeString(folder.resolve("t.csv"), "mix_path,vocals_path\nm.wav,v.wav\n");

        // Then
        assertThatThrownBy(() -> Datasets.open(table.toString(), SETTINGS))
                .isInstanceOf(DatasetException.class)
                .hasMessage("The stem drums is to be drums, but the data set has vocals");
        assertThatThrownBy(
                        () -> Datasets.open("songs", SETTINGS.withStems(StemChoice.parse("vocals,all=vocals+drums"))))
                .hasMessage("The stem all would count twice");
        assertThatThrownBy(() -> StemChoice.parse("vocals,,drums")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderWithOtherStemsIsReadByTheirNames() {
        // Given
        write(folder.resolve("train/scene/siren.wav"), RATE_HZ, sine(300, FRAMES));
        write(folder.resolve("train/scene/dog.wav"), RATE_HZ, sine(500, FRAMES));

        // When
        Dataset dataset = Datasets.open(folder.toString(), SETTINGS.withStems(StemChoice.parse("dog,siren")));

        // Then: without a mixture, the mixture is the sum
        LabelledTrack track = dataset.tracks(Split.TRAIN).getFirst();
        float[] mixture = track.read(LabelledTrack.MIXTURE, 100, 100)[0];
        float[] dog = track.read("dog", 100, 100)[0];
        float[] siren = track.read("siren", 100, 100)[0];
        for (int i = 0; i < 100; i++) {
            assertThat(mixture[i]).isEqualTo(dog[i] + siren[i]);
        }
    }

    @Test
    void aPlaceThatIsNoDataSetIsRefusedWithWhatWouldBe() throws IOException {
        // Given
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");
        String understood = ". A data set is a folder with train, test and perhaps valid in it, which hold a folder for"
                + " each track (MUSDB18-HQ, Auralflow) or .stem.mp4 files (MUSDB18); a table .csv with a column mix_path"
                + " (Spleeter); or the word songs";

        // Then
        assertThatThrownBy(() -> Datasets.open(folder.toString(), SETTINGS))
                .isInstanceOf(DatasetException.class)
                .hasMessage(folder + " is a folder without train or test in it" + understood);
        assertThatThrownBy(() -> Datasets.open(text.toString(), SETTINGS))
                .hasMessage(text + " is a file of another kind" + understood);
        assertThatThrownBy(() -> Datasets.open(folder + "/nothing", SETTINGS))
                .hasMessage(folder + "/nothing is not there" + understood);
    }

    @Test
    void generatedSongsAreTheSongsOfTheirSeeds() {
        // Given
        var songs =
                new DatasetSettings.Songs(new SongGenerator(), Duration.ofMillis(800), GeneratedSongs.Seeds.standard());
        Song song = new SongGenerator().generate(8_000_003, Duration.ofMillis(800));

        // When
        Dataset dataset = Datasets.open("songs", SETTINGS.withSongs(songs));
        LabelledTrack track = dataset.tracks(Split.VALIDATION).get(3);

        // Then
        assertThat(dataset.endless()).isTrue();
        assertThat(track.name()).isEqualTo("song-8000003");
        assertThat(track.lengthFrames()).isEqualTo(song.lengthFrames());
        for (Stem stem : Stem.values()) {
            assertThat(track.read(stem.label(), 0, song.lengthFrames()))
                    .isEqualTo(song.stems().get(stem));
        }
        assertThat(track.read(LabelledTrack.MIXTURE, 100, 50)[1])
                .isEqualTo(Arrays.copyOfRange(song.mixture()[1], 100, 150));
    }

    @Test
    void generatedSongsAreFoldedAndResampledAsWished() {
        // Given
        var songs =
                new DatasetSettings.Songs(new SongGenerator(), Duration.ofMillis(800), GeneratedSongs.Seeds.standard());
        Song song = new SongGenerator().generate(1_000_000, Duration.ofMillis(800));

        // When
        LabelledTrack mono = Datasets.open("songs", SETTINGS.withSongs(songs).withFormat(new AudioFormat(44_100, 1)))
                .tracks(Split.TRAIN)
                .getFirst();
        LabelledTrack slow = Datasets.open("songs", SETTINGS.withSongs(songs).withFormat(new AudioFormat(16_000, 2)))
                .tracks(Split.TRAIN)
                .getFirst();

        // Then
        float[][] drums = song.stems().get(Stem.DRUMS);
        float[][] folded = mono.read("drums", 0, song.lengthFrames());
        assertThat(folded).hasNumberOfRows(1);
        assertThat(folded[0][20_000]).isEqualTo(0.5f * (drums[0][20_000] + drums[1][20_000]));
        assertThat(slow.lengthFrames()).isEqualTo(12_800);
        assertThat(slow.read("drums", 0, 12_800)).hasDimensions(2, 12_800);
    }

    private static List<String> names(Dataset dataset, Split split) {
        return dataset.tracks(split).stream().map(LabelledTrack::name).toList();
    }

    private static double correlation(float[] a, float[] b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.sqrt(aa * bb);
    }
}
