package io.stemline.training.datasets.mixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.training.datasets.Dataset;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.DatasetSettings;
import io.stemline.training.datasets.Datasets;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import io.stemline.training.datasets.StemChoice;
import io.stemline.training.datasets.mixtures.MixtureManifest.Event;
import io.stemline.training.datasets.mixtures.MixtureSettings.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixtureMakerTest {
    private static final int RATE_HZ = 16_000;

    @TempDir
    private Path folder;

    private Path sources;

    @BeforeEach
    void soundsOfTwoLabels() {
        sources = folder.resolve("sources");
        for (int i = 0; i < 4; i++) {
            write(sources.resolve("dog/" + i + ".wav"), RATE_HZ, 300 + 10 * i, 2 * RATE_HZ);
            write(sources.resolve("siren/" + i + ".flac"), RATE_HZ, 700 + 10 * i, 3 * RATE_HZ);
        }
    }

    @Test
    void mixturesAreADataSetThatCanBeOpened() {
        // When
        MixtureMaker.Report report = new MixtureMaker(sources, settings(1)).make(folder.resolve("made"));

        // Then
        assertThat(report).isEqualTo(new MixtureMaker.Report(5, List.of("dog", "siren"), List.of()));
        Dataset dataset = Datasets.open(
                folder.resolve("made").toString(),
                DatasetSettings.standard()
                        .withFormat(new AudioFormat(RATE_HZ, 1))
                        .withStems(StemChoice.parse("dog,siren")));
        assertThat(dataset.tracks(Split.TRAIN)).hasSize(3);
        assertThat(dataset.tracks(Split.VALIDATION)).hasSize(1);
        assertThat(dataset.tracks(Split.TEST)).hasSize(1);
        assertThat(dataset.report().findings()).isEmpty();
        LabelledTrack track = dataset.tracks(Split.TRAIN).getFirst();
        assertThat(track.lengthFrames()).isEqualTo(4 * RATE_HZ);
        float[] mixture = track.read(LabelledTrack.MIXTURE, 0, 4 * RATE_HZ)[0];
        float[] dog = track.read("dog", 0, 4 * RATE_HZ)[0];
        float[] siren = track.read("siren", 0, 4 * RATE_HZ)[0];
        for (int i = 0; i < mixture.length; i++) {
            assertThat(mixture[i]).isEqualTo(dog[i] + siren[i]);
        }
    }

    @Test
    void theSameSeedMakesTheSameFilesAndAnotherMakesOthers() throws IOException {
        // When
        new MixtureMaker(sources, settings(1)).make(folder.resolve("a"));
        new MixtureMaker(sources, settings(1)).make(folder.resolve("b"));
        new MixtureMaker(sources, settings(2)).make(folder.resolve("c"));

        // Then
        for (String file : List.of("mixture.wav", "dog.wav", "manifest.json")) {
            byte[] first = Files.readAllBytes(folder.resolve("a/train/mixture-00002/" + file));
            assertThat(folder.resolve("b/train/mixture-00002/" + file)).hasBinaryContent(first);
            assertThat(Files.readAllBytes(folder.resolve("c/train/mixture-00002/" + file)))
                    .isNotEqualTo(first);
        }
    }

    @Test
    void theManifestGivesTheSamplesAgain() {
        // Given
        new MixtureMaker(sources, varied()).make(folder.resolve("made"));
        Path made = folder.resolve("made/train/mixture-00001");

        // When
        Map<String, float[][]> again =
                MixtureMaker.render(sources, MixtureManifest.read(made.resolve(MixtureMaker.MANIFEST)));

        // Then
        assertThat(again).containsOnlyKeys("dog", "siren", "mixture");
        again.forEach((name, samples) -> assertThat(samples)
                .isEqualTo(AudioFiles.readAll(made.resolve(name + ".wav")).samples()));
    }

    @Test
    void anEventIsWhereAndAsLoudAsItsManifestSays() {
        // Given
        new MixtureMaker(sources, settings(3)).make(folder.resolve("made"));
        MixtureManifest manifest =
                MixtureManifest.read(folder.resolve("made/test/mixture-00000/" + MixtureMaker.MANIFEST));
        Event event = manifest.events().getFirst();
        var alone =
                new MixtureManifest(1, "alone", 3, RATE_HZ, 1, manifest.lengthFrames(), List.of("dog"), List.of(event));

        // When
        float[] dog = MixtureMaker.render(sources, alone).get("dog")[0];

        // Then
        int end = event.startFrame() + event.lengthFrames();
        assertThat(event.levelDb()).isBetween(-30.0, -20.0);
        assertThat(levelDb(dog, event.startFrame(), end)).isCloseTo(event.levelDb(), within(0.01));
        assertThat(Arrays.copyOf(dog, event.startFrame())).containsOnly(0);
        assertThat(Arrays.copyOfRange(dog, end, dog.length)).containsOnly(0);
        assertThat(event.sourceStartFrame() + event.lengthFrames()).isLessThanOrEqualTo(2 * RATE_HZ);
    }

    @Test
    void pitchAndStretchDoWhatTheySay() {
        // Given
        String sha256 = SourceSounds.sha256(sources.resolve("dog/0.wav"));
        var event = new Event("dog", "dog/0.wav", sha256, 0, 1000, 3 * RATE_HZ, -20, 12, 1.5);
        var manifest = new MixtureManifest(1, "varied", 1, RATE_HZ, 1, 4 * RATE_HZ, List.of("dog"), List.of(event));

        // When
        float[] dog = MixtureMaker.render(sources, manifest).get("dog")[0];

        // Then: two seconds last three, an octave higher
        int crossings = 0;
        for (int i = 5000; i < 5000 + 2 * RATE_HZ; i++) {
            crossings += dog[i - 1] < 0 && dog[i] >= 0 ? 1 : 0;
        }
        assertThat(crossings / 2.0).isCloseTo(600, within(3.0));
        assertThat(levelDb(dog, 45_000, 48_000)).isCloseTo(-20, within(1.0));
    }

    @Test
    void noSoundIsInTwoSplits() {
        // Given
        new MixtureMaker(sources, settings(1)).make(folder.resolve("made"));

        // When
        Set<String> training = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            training.addAll(sounds("train/mixture-0000" + i));
        }
        Set<String> validation = sounds("val/mixture-00000");
        Set<String> test = sounds("test/mixture-00000");

        // Then
        assertThat(training).doesNotContainAnyElementsOf(validation).doesNotContainAnyElementsOf(test);
        assertThat(validation).doesNotContainAnyElementsOf(test);
    }

    @Test
    void mixturesThatWouldClipAreMadeQuieterAsAWhole() {
        // Given
        String sha256 = SourceSounds.sha256(sources.resolve("dog/0.wav"));
        var event = new Event("dog", "dog/0.wav", sha256, 0, 0, RATE_HZ, 0, 0, 1);
        var manifest =
                new MixtureManifest(1, "loud", 1, RATE_HZ, 1, RATE_HZ, List.of("dog"), List.of(event, event, event));

        // When
        float[] mixture = MixtureMaker.render(sources, manifest).get("mixture")[0];

        // Then
        float peak = 0;
        for (float sample : mixture) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertThat(peak).isCloseTo(0.98f, within(1e-4f));
    }

    @Test
    void brokenSoundsAreLeftOutAndNamed() throws IOException {
        // Given
        Files.writeString(sources.resolve("dog/broken.mp3"), "no sound");
        Files.writeString(sources.resolve("dog/notes.txt"), "not meant as one");

        // When
        MixtureMaker.Report report = new MixtureMaker(sources, settings(1)).make(folder.resolve("made"));

        // Then
        assertThat(report.skippedSounds())
                .singleElement()
                .asString()
                .startsWith("dog/broken.mp3: not audio that can be decoded");
    }

    @Test
    void whatCannotBeMadeIsRefused() throws IOException {
        // Given
        Path few = folder.resolve("few");
        write(few.resolve("cat/1.wav"), RATE_HZ, 300, RATE_HZ);
        Path target = Files.createDirectories(folder.resolve("full/something")).getParent();

        // Then
        assertThatThrownBy(() -> new MixtureMaker(few, settings(1)).make(folder.resolve("made")))
                .isInstanceOf(DatasetException.class)
                .hasMessage("cat: 1 sounds cannot be divided between 3 splits so that none is in two");
        assertThatThrownBy(() -> new MixtureMaker(sources, settings(1)).make(target))
                .hasMessage(target + ": the folder is not empty, mixtures go into a new one");
        assertThatThrownBy(() -> new MixtureMaker(few.resolve("cat"), settings(1)).make(folder.resolve("made")))
                .hasMessage(few.resolve("cat")
                        + ": sounds are in a folder for each label, with any name but mixture; there is none");
    }

    @Test
    void aSoundThatHasChangedIsNoticed() {
        // Given
        new MixtureMaker(sources, settings(1)).make(folder.resolve("made"));
        MixtureManifest manifest =
                MixtureManifest.read(folder.resolve("made/test/mixture-00000/" + MixtureMaker.MANIFEST));
        Event event = manifest.events().getFirst();
        write(sources.resolve(event.source()), RATE_HZ, 999, RATE_HZ);

        // Then
        assertThatThrownBy(() -> MixtureMaker.render(sources, manifest))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "mixture-00000: the sound " + event.source() + " is not the one that the mixture was made of");
    }

    private Set<String> sounds(String mixture) {
        Path file = folder.resolve("made").resolve(mixture).resolve(MixtureMaker.MANIFEST);
        Set<String> sounds = new HashSet<>();
        MixtureManifest.read(file).events().forEach(event -> sounds.add(event.source()));
        return sounds;
    }

    private static MixtureSettings settings(long seed) {
        return settings(seed, Range.always(0), Range.always(1));
    }

    private static MixtureSettings varied() {
        return settings(7, new Range(-3, 3), new Range(0.8, 1.25));
    }

    private static MixtureSettings settings(long seed, Range pitch, Range stretch) {
        return new MixtureSettings(
                seed,
                Map.of(Split.TRAIN, 3, Split.VALIDATION, 1, Split.TEST, 1),
                Duration.ofSeconds(4),
                new AudioFormat(RATE_HZ, 1),
                1,
                3,
                new Range(0.5, 3),
                new Range(-30, -20),
                pitch,
                stretch);
    }

    private static void write(Path file, int rateHz, double hz, int frames) {
        float[] sine = new float[frames];
        for (int i = 0; i < frames; i++) {
            sine[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Encoding encoding = file.toString().endsWith("flac") ? Encoding.FLAC_16 : Encoding.WAV_FLOAT;
        AudioFiles.write(file, new AudioBuffer(new AudioFormat(rateHz, 1), new float[][] {sine}), encoding);
    }

    private static double levelDb(float[] sound, int from, int to) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += sound[i] * sound[i];
        }
        return 10 * Math.log10(energy / (to - from));
    }
}
