package io.stemline.training.datasets.mixtures;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.audio.Excerpt;
import io.stemline.audio.ReadOptions;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.effects.Playback;
import io.stemline.training.datasets.effects.RateChange;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the samples of a manifest. */
final class MixtureRenderer {
    private static final double FADE_SECONDS = 0.01;
    private static final float HIGHEST_PEAK = 0.98f;
    /** Quieter sounds are taken for silence, which has no level. */
    private static final double SILENCE = 1e-7;

    private MixtureRenderer() {}

    /**
     * The stems by label and their sum, the mixture: {@code [channel][frame]}. If one of them would clip, all are made
     * quieter by the same factor.
     *
     * @throws DatasetException if a source is missing, has changed or cannot be read
     */
    static Map<String, float[][]> render(Path sources, MixtureManifest manifest) {
        Map<String, float[][]> stems = new LinkedHashMap<>();
        manifest.labels().forEach(label -> stems.put(label, silence(manifest)));
        Playback playback = new Playback(manifest.channels());
        for (MixtureManifest.Event event : manifest.events()) {
            requireUnchanged(sources, manifest, event);
            add(sound(sources, manifest, event, playback), event, stems.get(event.label()));
        }
        float[][] mixture = sum(stems.values(), manifest);
        float peak = peak(mixture);
        for (float[][] stem : stems.values()) {
            peak = Math.max(peak, peak(stem));
        }
        if (peak > HIGHEST_PEAK) {
            float gain = HIGHEST_PEAK / peak;
            stems.values().forEach(stem -> scale(stem, gain));
            mixture = sum(stems.values(), manifest);
        }
        stems.put(LabelledTrack.MIXTURE, mixture);
        return stems;
    }

    private static float[][] silence(MixtureManifest manifest) {
        return new float[manifest.channels()][manifest.lengthFrames()];
    }

    private static void requireUnchanged(Path sources, MixtureManifest manifest, MixtureManifest.Event event) {
        if (!SourceSounds.sha256(sources.resolve(event.source())).equals(event.sourceSha256())) {
            throw new DatasetException(
                    manifest.name() + ": the sound " + event.source() + " is not the one that the mixture was made of");
        }
    }

    private static float[][] sound(
            Path sources, MixtureManifest manifest, MixtureManifest.Event event, Playback playback) {
        double speed = 1 / event.stretch();
        int rateSteps = RateChange.nearestSteps(StrictMath.pow(2, event.pitchSemitones() / 12));
        int needed = (int) Math.ceil(event.lengthFrames() * speed);
        float[][] source = read(sources.resolve(event.source()), manifest, event.sourceStartFrame(), needed);
        float[][] sound = new float[manifest.channels()][event.lengthFrames()];
        playback.play(source, 0, speed, rateSteps, sound, event.lengthFrames());
        fade(sound, (int) Math.min(FADE_SECONDS * manifest.sampleRateHz(), event.lengthFrames() / 2));
        scale(sound, gain(sound, event.levelDb()));
        return sound;
    }

    private static float[][] read(Path file, MixtureManifest manifest, long firstFrame, int frames) {
        AudioFormat format = new AudioFormat(manifest.sampleRateHz(), manifest.channels());
        float[][] samples = new float[format.channels()][frames];
        ReadOptions options =
                ReadOptions.asIs().atSampleRate(format.sampleRateHz()).withChannels(format.channels());
        try (AudioSource source = new Excerpt(AudioFiles.open(file, options), firstFrame, frames)) {
            int at = 0;
            int read = 0;
            while (at < frames && read >= 0) {
                read = source.read(samples, at, frames - at);
                at += Math.max(0, read);
            }
        } catch (AudioException e) {
            throw new DatasetException(manifest.name() + ": " + e.getMessage(), e);
        }
        return samples;
    }

    private static void fade(float[][] sound, int frames) {
        for (float[] channel : sound) {
            for (int i = 0; i < frames; i++) {
                float gain = (i + 0.5f) / frames;
                channel[i] *= gain;
                channel[channel.length - 1 - i] *= gain;
            }
        }
    }

    private static float gain(float[][] sound, double levelDb) {
        double energy = 0;
        for (float[] channel : sound) {
            for (float sample : channel) {
                energy += (double) sample * sample;
            }
        }
        double level = Math.sqrt(energy / sound.length / sound[0].length);
        return level < SILENCE ? 0 : (float) (StrictMath.pow(10, levelDb / 20) / level);
    }

    private static void scale(float[][] sound, float gain) {
        for (float[] channel : sound) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] *= gain;
            }
        }
    }

    private static void add(float[][] sound, MixtureManifest.Event event, float[][] stem) {
        for (int channel = 0; channel < stem.length; channel++) {
            for (int i = 0; i < event.lengthFrames(); i++) {
                stem[channel][event.startFrame() + i] += sound[channel][i];
            }
        }
    }

    private static float[][] sum(Iterable<float[][]> stems, MixtureManifest manifest) {
        float[][] sum = silence(manifest);
        for (float[][] stem : stems) {
            for (int channel = 0; channel < sum.length; channel++) {
                for (int i = 0; i < sum[channel].length; i++) {
                    sum[channel][i] += stem[channel][i];
                }
            }
        }
        return sum;
    }

    private static float peak(float[][] sound) {
        float peak = 0;
        for (float[] channel : sound) {
            for (float sample : channel) {
                peak = Math.max(peak, Math.abs(sample));
            }
        }
        return peak;
    }
}
