package io.stemline.training.datasets.mixtures;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.Draws;
import io.stemline.training.datasets.Split;
import io.stemline.training.datasets.mixtures.MixtureManifest.Event;
import io.stemline.training.datasets.mixtures.SourceSounds.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes a data set of mixtures from isolated sounds: {@code SOURCES/<label>/<any name>.wav}. In these steps:
 *
 * <ol>
 *   <li>the sounds are looked through; what cannot be read is left out and reported;
 *   <li>they are divided between the splits, so that a model is not tested on sounds it was trained with;
 *   <li>for every mixture its manifest is drawn, from the seed, the split and its number alone;
 *   <li>the manifest is rendered, and written beside {@code mixture.wav} and a file for each label, as 32 bit floats, so that
 *       the stems add up to the mixture exactly. A folder has its name only when it is complete.
 * </ol>
 *
 * If a mixture cannot be rendered or written, making stops with the reason; what was complete stays.
 */
public final class MixtureMaker {
    /** What is next to the stems of every mixture. */
    public static final String MANIFEST = "manifest.json";

    private static final Map<Split, String> FOLDERS =
            Map.of(Split.TRAIN, "train", Split.VALIDATION, "val", Split.TEST, "test");

    /**
     * What was made.
     *
     * @param mixtures how many
     * @param labels the stems of each
     * @param skippedSounds sounds that were left out, a sentence for each
     */
    public record Report(int mixtures, List<String> labels, List<String> skippedSounds) {}

    private record Job(Split split, int number) {}

    private final Path sources;
    private final MixtureSettings settings;

    /** @param sources the folder with a folder of sounds for each label */
    public MixtureMaker(Path sources, MixtureSettings settings) {
        this.sources = sources;
        this.settings = settings;
    }

    /**
     * Makes the data set: {@code train}, {@code val} and {@code test} with a folder for each mixture.
     *
     * @param target a folder that is empty or not there yet
     * @throws DatasetException if the folder is not empty, there are not enough sounds, or a mixture cannot be made
     */
    public Report make(Path target) {
        requireEmpty(target);
        SourceSounds sounds = new SourceSounds(sources);
        Map<Split, Map<String, List<Sound>>> divided = sounds.divided(settings.counts(), settings.seed());
        List<Job> jobs = divided.keySet().stream()
                .flatMap(split ->
                        IntStream.range(0, settings.counts().get(split)).mapToObj(i -> new Job(split, i)))
                .toList();
        jobs.parallelStream().forEach(job -> {
            MixtureManifest manifest = draw(job, divided.get(job.split()));
            write(target.resolve(FOLDERS.get(job.split())), manifest);
        });
        return new Report(jobs.size(), sounds.labels(), sounds.skipped());
    }

    /**
     * The samples of a manifest again: stems by label, and {@code mixture}, each {@code [channel][frame]}.
     *
     * @throws DatasetException if a sound is missing, has changed or cannot be read
     */
    public static Map<String, float[][]> render(Path sources, MixtureManifest manifest) {
        return MixtureRenderer.render(sources, manifest);
    }

    private static void requireEmpty(Path target) {
        if (!Files.exists(target)) {
            return;
        }
        try (Stream<Path> entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw new DatasetException(target + ": the folder is not empty, mixtures go into a new one");
            }
        } catch (IOException e) {
            throw new DatasetException(target + ": not a folder that mixtures can go into (" + e.getMessage() + ")", e);
        }
    }

    private MixtureManifest draw(Job job, Map<String, List<Sound>> sounds) {
        Draws draws = Draws.of(settings.seed(), job.split().ordinal(), job.number());
        List<Event> events = new ArrayList<>();
        sounds.forEach((label, choice) -> {
            int count = settings.leastEvents() + draws.below(settings.mostEvents() - settings.leastEvents() + 1);
            for (int i = 0; i < count; i++) {
                events.add(draw(label, choice.get(draws.below(choice.size())), draws));
            }
        });
        AudioFormat format = settings.format();
        return new MixtureManifest(
                MixtureManifest.FORMAT_VERSION,
                String.format(Locale.ROOT, "mixture-%05d", job.number()),
                settings.seed(),
                format.sampleRateHz(),
                format.channels(),
                settings.lengthFrames(),
                List.copyOf(sounds.keySet()),
                events);
    }

    private Event draw(String label, Sound sound, Draws draws) {
        int rateHz = settings.format().sampleRateHz();
        double stretch = draw(settings.stretch(), draws);
        long there = sound.lengthAt(rateHz);
        long wished = Math.round(draw(settings.eventSeconds(), draws) * rateHz);
        long longest = Math.min(settings.lengthFrames(), (long) (there * stretch));
        int length = (int) Math.max(1, Math.min(wished, longest));
        long needed = (long) Math.ceil(length / stretch);
        return new Event(
                label,
                sound.name(),
                sound.sha256(),
                draws.below(Math.max(0, there - needed) + 1),
                draws.below(settings.lengthFrames() - length + 1),
                length,
                draw(settings.levelDb(), draws),
                draw(settings.pitchSemitones(), draws),
                stretch);
    }

    private static double draw(MixtureSettings.Range range, Draws draws) {
        return draws.uniform(range.lowest(), range.highest());
    }

    private void write(Path splitFolder, MixtureManifest manifest) {
        AudioFormat format = new AudioFormat(manifest.sampleRateHz(), manifest.channels());
        Path unfinished = splitFolder.resolve("." + manifest.name() + ".part");
        Map<String, float[][]> stems = MixtureRenderer.render(sources, manifest);
        try {
            Files.createDirectories(unfinished);
            stems.forEach((name, samples) -> AudioFiles.write(
                    unfinished.resolve(name + ".wav"), new AudioBuffer(format, samples), Encoding.WAV_FLOAT));
            manifest.write(unfinished.resolve(MANIFEST));
            Files.move(unfinished, splitFolder.resolve(manifest.name()));
        } catch (IOException | AudioException e) {
            throw new DatasetException(
                    splitFolder.resolve(manifest.name()) + ": the mixture cannot be written (" + e.getMessage() + ")",
                    e);
        }
    }
}
