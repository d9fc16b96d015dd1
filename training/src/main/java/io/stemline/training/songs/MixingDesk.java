package io.stemline.training.songs;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.log;
import static java.lang.StrictMath.pow;
import static java.lang.StrictMath.sqrt;

import java.util.ArrayList;
import java.util.List;

/** Sends a part's dry sound through its channel. */
final class MixingDesk {
    private static final double REFERENCE_LEVEL = 0.1;
    private static final double LOWEST_EQUALISED_HZ = 80;
    private static final double HIGHEST_EQUALISED_HZ = 12_000;
    private static final int GAIN_BLOCK = 32;

    private final Timeline timeline;

    MixingDesk(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Effects, balance and level, in place. A silent part stays silent. */
    void apply(Channel channel, Track track) {
        if (track.activeLevel() == 0) {
            return;
        }
        level(track, REFERENCE_LEVEL);
        for (Effect effect : channel.effects()) {
            apply(effect, track);
        }
        track.balance(channel.pan());
        level(track, REFERENCE_LEVEL * Decibel.factor(channel.levelDb()));
    }

    private static void level(Track track, double target) {
        double level = track.activeLevel();
        if (level > 0) {
            track.scale(target / level);
        }
    }

    private void apply(Effect effect, Track track) {
        switch (effect) {
            case Effect.Equaliser equaliser -> equalise(track, equaliser.gainsDb());
            case Effect.Band band -> {
                List<Biquad> cascade =
                        List.of(Biquad.highPass(band.lowestHz(), 0.7), Biquad.lowPass(band.highestHz(), 0.7));
                Biquad.filter(cascade, track);
            }
            case Effect.Saturation saturation -> saturate(track, saturation.driveDb());
            case Effect.Compression compression -> compress(track, compression);
            case Effect.Echo echo -> echo(track, echo);
            case Effect.Ducking ducking -> duck(track, ducking);
            case Effect.Reverb reverb -> Room.reverberate(track, reverb);
        }
    }

    private static void equalise(Track track, List<Double> gainsDb) {
        int bands = gainsDb.size();
        double octaves = log(HIGHEST_EQUALISED_HZ / LOWEST_EQUALISED_HZ) / log(2);
        double q = Math.max(0.5, bands / octaves);
        List<Biquad> cascade = new ArrayList<>();
        for (int band = 0; band < bands; band++) {
            double gainDb = gainsDb.get(band);
            double hertz = LOWEST_EQUALISED_HZ * pow(2, octaves * band / (bands - 1));
            Biquad filter = band == 0
                    ? Biquad.lowShelf(hertz, gainDb)
                    : band == bands - 1 ? Biquad.highShelf(hertz, gainDb) : Biquad.peak(hertz, q, gainDb);
            cascade.add(filter);
        }
        Biquad.filter(cascade, track);
        level(track, REFERENCE_LEVEL);
    }

    private static void saturate(Track track, double driveDb) {
        float drive = (float) (Decibel.factor(driveDb) / REFERENCE_LEVEL / 4);
        Saturator.tanh(track.left, track.lengthFrames(), drive);
        Saturator.tanh(track.right, track.lengthFrames(), drive);
        level(track, REFERENCE_LEVEL);
    }

    private static void compress(Track track, Effect.Compression compression) {
        float[] gains = Compressor.gains(track, compression.amount(), compression.seconds());
        Compressor.apply(gains, track);
        level(track, REFERENCE_LEVEL);
    }

    private static void echo(Track track, Effect.Echo echo) {
        int delay = Math.max(1, (int) (echo.delaySeconds() * SongGenerator.SAMPLE_RATE_HZ));
        float feedback = (float) Decibel.factor(echo.feedbackDb());
        for (float[] x : List.of(track.left, track.right)) {
            for (int i = delay; i < x.length; i++) {
                x[i] += feedback * x[i - delay];
            }
        }
    }

    private void duck(Track track, Effect.Ducking ducking) {
        double period = timeline.framesPerBeat() * ducking.beats();
        int frames = track.lengthFrames();
        float gain = 1;
        for (int start = 0; start < frames; start += GAIN_BLOCK) {
            double phase = (start % period) / period;
            float target = (float) (1 - ducking.depth() * exp(-pow(phase / 0.3, 2)));
            float step = (target - gain) / GAIN_BLOCK;
            for (int i = start; i < Math.min(frames, start + GAIN_BLOCK); i++) {
                track.left[i] *= gain;
                track.right[i] *= gain;
                gain += step;
            }
            gain = target;
        }
    }

    /** Root mean square of a whole sound, rests included. */
    static double rms(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += value * value;
        }
        return sqrt(sum / Math.max(1, x.length));
    }
}
