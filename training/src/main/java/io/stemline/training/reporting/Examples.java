package io.stemline.training.reporting;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.audio.picture.MelSpectrogramPicture;
import io.stemline.audio.picture.PictureSheet;
import io.stemline.audio.picture.PictureSize;
import io.stemline.training.folder.FolderException;
import io.stemline.training.folder.ModelFolder;
import io.stemline.training.folder.WholeFile;
import io.stemline.training.reporting.SeparatedTrack.Target;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shows how a model separates validation examples, after every so many steps, in files and in TensorBoard:
 *
 * <pre>
 * images/EXAMPLE/TARGET_STEP_spectrogram.png   mel spectrograms of estimate and reference over one time axis, in one scale
 * images/EXAMPLE/TARGET_STEP_waveform.png      the estimate laid over the reference
 * audio/EXAMPLE/mixture.wav                    once
 * audio/EXAMPLE/TARGET_reference.wav           once
 * audio/EXAMPLE/TARGET_STEP_estimate.wav
 * </pre>
 *
 * <p>Files of the last steps are kept and older ones deleted, so that long runs do not fill the disk.
 */
public final class Examples {

    private static final Pattern OF_STEP =
            Pattern.compile(".*_(\\d+)_(estimate\\.wav|spectrogram\\.png|waveform\\.png)");
    private static final int WIDTH = 1200;
    private static final int PLOT_HEIGHT = 220;

    private final ModelFolder folder;
    private final TensorBoardLog log;
    private final int stepsKept;
    private final Set<String> begun = new HashSet<>();

    /**
     * @param folder into whose images and audio the files go
     * @param log which gets the same
     * @param stepsKept of how many steps files are kept, at least 1
     */
    public Examples(ModelFolder folder, TensorBoardLog log, int stepsKept) {
        if (stepsKept < 1) {
            throw new IllegalArgumentException("The examples of at least one step must be kept");
        }
        this.folder = folder;
        this.log = log;
        this.stepsKept = stepsKept;
    }

    /**
     * Shows an example as the model separates it after a step.
     *
     * @throws FolderException if a picture cannot be written
     * @throws io.stemline.audio.AudioException if a snippet cannot be written
     */
    public void show(long step, SeparatedTrack example) {
        String name = fileName(example.name());
        Path images = made(folder.images().resolve(name));
        Path audio = made(folder.audio().resolve(name));
        if (begun.add(name)) {
            showReferences(step, name, audio, example);
        }
        for (Target target : example.targets()) {
            String file = fileName(target.name()) + "_" + step + "_";
            String tag = "/" + target.name() + "/" + name;
            showPicture(
                    step,
                    "spectrogram" + tag,
                    images.resolve(file + "spectrogram.png"),
                    spectrogram(step, example, target));
            showPicture(step, "waveform" + tag, images.resolve(file + "waveform.png"), waveform(step, example, target));
            showSound(
                    step, "estimate" + tag, audio.resolve(file + "estimate.wav"), example.format(), target.estimate());
        }
        deleteOtherSteps(images, step);
        deleteOtherSteps(audio, step);
    }

    private void showReferences(long step, String name, Path audio, SeparatedTrack example) {
        showSound(step, "mixture/" + name, audio.resolve("mixture.wav"), example.format(), example.mixture());
        for (Target target : example.targets()) {
            Path wav = audio.resolve(fileName(target.name()) + "_reference.wav");
            showSound(step, "reference/" + target.name() + "/" + name, wav, example.format(), target.reference());
        }
    }

    private void showPicture(long step, String tag, Path file, BufferedImage picture) {
        Png png = Png.of(picture);
        WholeFile.write(file, out -> out.write(png.bytes()));
        log.image(tag, step, png);
    }

    private void showSound(long step, String tag, Path file, AudioFormat format, float[][] signal) {
        AudioBuffer sound = sound(format, signal);
        AudioFiles.write(file, sound, Encoding.WAV_16);
        log.audio(tag, step, sound, file);
    }

    private static BufferedImage waveform(long step, SeparatedTrack example, Target target) {
        return new WaveformOverlay(example.format().sampleRateHz(), target.reference(), target.estimate())
                .draw(title(step, example, target));
    }

    private static String title(long step, SeparatedTrack example, Target target) {
        return "%s, %s, step %d".formatted(example.name(), target.name(), step);
    }

    private static BufferedImage spectrogram(long step, SeparatedTrack example, Target target) {
        return PictureSheet.titled(title(step, example, target), WIDTH)
                .add("estimate", mel(example.format(), target.estimate()), PLOT_HEIGHT)
                .add("reference", mel(example.format(), target.reference()), PLOT_HEIGHT)
                .draw();
    }

    private static MelSpectrogramPicture mel(AudioFormat format, float[][] signal) {
        var picture = new MelSpectrogramPicture(format, new PictureSize(WIDTH, PictureSize.LEAST_HEIGHT));
        picture.add(signal, 0, signal[0].length);
        return picture;
    }

    /** What is no finite number is silence: players and encoders do not agree on it. */
    private static AudioBuffer sound(AudioFormat format, float[][] signal) {
        float[][] finite = new float[signal.length][signal[0].length];
        for (int channel = 0; channel < signal.length; channel++) {
            for (int n = 0; n < finite[channel].length; n++) {
                finite[channel][n] = WaveformOverlay.finite(signal[channel][n]);
            }
        }
        return new AudioBuffer(format, finite);
    }

    /** Letters, digits and a few signs stay; the rest could mean something to a file system. */
    private static String fileName(String name) {
        String harmless = name.replaceAll("[^\\p{L}\\p{N} ._-]", "_").strip();
        return harmless.isEmpty() || harmless.startsWith(".") ? "_" + harmless : harmless;
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FolderException(folder + ": the folder cannot be made (" + e.getMessage() + ")", e);
        }
    }

    /** Keeps the last steps up to this one; later ones are from before the run was taken back to a checkpoint. */
    private void deleteOtherSteps(Path files, long step) {
        try (Stream<Path> all = Files.list(files)) {
            List<Path> present = all.toList();
            var steps = new TreeSet<Long>();
            present.forEach(file -> stepOf(file).filter(of -> of <= step).forEach(steps::add));
            while (steps.size() > stepsKept) {
                steps.pollFirst();
            }
            for (Path file : present) {
                if (stepOf(file).anyMatch(of -> !steps.contains(of))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new FolderException(files + ": old examples cannot be deleted (" + e.getMessage() + ")", e);
        }
    }

    private static Stream<Long> stepOf(Path file) {
        Matcher name = OF_STEP.matcher(file.getFileName().toString());
        return name.matches() ? Stream.of(Long.valueOf(name.group(1))) : Stream.empty();
    }
}
