package io.stemline.training.songs;

import static java.lang.StrictMath.exp;

import java.util.EnumMap;
import java.util.Map;

/** The drums and cymbals of one song, each made once and then struck at many velocities. */
final class DrumKit {
    private static final int SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;
    private static final double[] METAL_RATIOS = {2.0, 3.0, 4.16, 5.43, 6.79, 8.21};

    /** What can be struck. */
    enum Piece {
        KICK,
        SNARE,
        SIDE_STICK,
        CLAP,
        CLOSED_HAT,
        OPEN_HAT,
        RIDE,
        CRASH,
        LOW_TOM,
        MIDDLE_TOM,
        HIGH_TOM,
        SHAKER,
        TAMBOURINE,
        COWBELL,
        LOW_CONGA,
        HIGH_CONGA
    }

    /** The sound of a piece at full velocity, peak 1, and where it stands. */
    record Sound(float[] wave, double pan) {}

    private final Part.Kit kit;
    private final long seed;
    private final Map<Piece, Sound> sounds = new EnumMap<>(Piece.class);

    DrumKit(Part.Kit kit, long seed) {
        this.kit = kit;
        this.seed = seed;
    }

    Sound sound(Piece piece) {
        return sounds.computeIfAbsent(piece, this::make);
    }

    private Sound make(Piece piece) {
        Dice dice = Dice.of(seed, piece.name());
        boolean acoustic = kit == Part.Kit.ACOUSTIC || (kit == Part.Kit.HYBRID && dice.chance(0.5));
        float[] wave = switch (piece) {
            case KICK -> kick(dice, acoustic);
            case SNARE -> snare(dice, acoustic);
            case SIDE_STICK -> sideStick(dice);
            case CLAP -> clap(dice);
            case CLOSED_HAT -> cymbal(dice, dice.uniform(0.04, 0.14), dice.uniform(5000, 9000));
            case OPEN_HAT -> cymbal(dice, dice.uniform(0.3, 0.9), dice.uniform(4500, 8000));
            case RIDE -> cymbal(dice, dice.uniform(0.8, 2.0), dice.uniform(3000, 6000));
            case CRASH -> cymbal(dice, dice.uniform(1.2, 3.0), dice.uniform(2000, 4500));
            case LOW_TOM -> tom(dice, dice.uniform(65, 95));
            case MIDDLE_TOM -> tom(dice, dice.uniform(95, 135));
            case HIGH_TOM -> tom(dice, dice.uniform(135, 190));
            case SHAKER -> shaker(dice);
            case TAMBOURINE -> cymbal(dice, dice.uniform(0.1, 0.25), dice.uniform(6000, 9000));
            case COWBELL -> cowbell(dice);
            case LOW_CONGA -> conga(dice, dice.uniform(160, 220));
            case HIGH_CONGA -> conga(dice, dice.uniform(240, 340));
        };
        return new Sound(peakOne(wave), pan(piece, dice));
    }

    private static double pan(Piece piece, Dice dice) {
        return switch (piece) {
            case KICK, SNARE, SIDE_STICK, CLAP -> dice.uniform(-0.08, 0.08);
            default -> dice.uniform(-0.7, 0.7);
        };
    }

    private static float[] kick(Dice dice, boolean acoustic) {
        double decaySeconds = acoustic ? dice.uniform(0.2, 0.5) : dice.uniform(0.2, 1.1);
        double hertz = acoustic ? dice.uniform(48, 72) : dice.uniform(40, 62);
        double sweepHz = dice.uniform(60, 320);
        double sweepSeconds = dice.uniform(0.008, 0.04);
        float[] wave = sweptSine(decaySeconds, hertz, sweepHz, sweepSeconds);
        float[] beater = noiseBurst(dice, dice.uniform(0.004, 0.02), acoustic ? dice.uniform(2000, 4500) : 6000, 0.7);
        addInto(wave, beater, dice.uniform(0.05, acoustic ? 0.5 : 0.25));
        Saturator.tanh(wave, wave.length, (float) dice.uniform(0.8, acoustic ? 1.5 : 4));
        return wave;
    }

    private static float[] snare(Dice dice, boolean acoustic) {
        double decaySeconds = dice.uniform(0.12, acoustic ? 0.45 : 0.6);
        float[] wires = noiseBurst(dice, decaySeconds, dice.uniform(2500, 6000), 0.4);
        Biquad.highPass(dice.uniform(250, 900), 0.7).filter(wires);
        double shellHz = dice.uniform(150, 250);
        float[] wave = new float[Math.max(wires.length, frames(0.4))];
        addInto(wave, peakOne(wires), 1);
        double shell = dice.uniform(0.3, 1.1);
        addInto(wave, sweptSine(dice.uniform(0.1, 0.3), shellHz, shellHz * 0.3, 0.012), shell);
        addInto(wave, sweptSine(dice.uniform(0.06, 0.2), shellHz * dice.uniform(1.5, 1.8), 30, 0.01), shell * 0.5);
        if (acoustic) {
            addInto(wave, noiseBurst(dice, 0.012, 3500, 0.5), dice.uniform(0.2, 0.8));
        }
        Saturator.tanh(wave, wave.length, (float) dice.uniform(0.7, 2));
        return wave;
    }

    private static float[] sideStick(Dice dice) {
        float[] wave = noiseBurst(dice, 0.03, dice.uniform(1500, 3500), 3);
        addInto(wave, sweptSine(0.03, dice.uniform(450, 900), 0, 1), 0.8);
        return wave;
    }

    private static float[] clap(Dice dice) {
        float[] wave = new float[frames(0.5)];
        double centreHz = dice.uniform(900, 1800);
        double gap = dice.uniform(0.008, 0.014);
        for (int hand = 0; hand < 3; hand++) {
            addIntoAt(wave, noiseBurst(dice, 0.02, centreHz, 1.2), frames(gap * hand), 0.8);
        }
        addIntoAt(wave, noiseBurst(dice, dice.uniform(0.12, 0.4), centreHz, 1), frames(gap * 3), 1);
        return wave;
    }

    private static float[] cymbal(Dice dice, double decaySeconds, double lowestHz) {
        float[] wave = new float[frames(decaySeconds)];
        double metal = dice.uniform(0.2, 1);
        double baseHz = dice.uniform(280, 620);
        for (double ratio : METAL_RATIOS) {
            double hertz = baseHz * ratio * dice.uniform(0.95, 1.05);
            Wavetable.SQUARE.add(wave, wave.length, hertz, dice.uniform(), (float) (metal * 0.25));
        }
        for (int i = 0; i < wave.length; i++) {
            wave[i] += dice.noise();
        }
        Biquad.highPass(lowestHz, 0.8).filter(wave);
        Biquad.peak(dice.uniform(6000, 11000), 0.8, dice.uniform(-4, 6)).filter(wave);
        Envelope.decay(wave, wave.length, decaySeconds, 0);
        Envelope.fade(wave, wave.length, 0.0005, 0.01);
        return wave;
    }

    private static float[] tom(Dice dice, double hertz) {
        float[] wave =
                sweptSine(dice.uniform(0.3, 0.9), hertz, hertz * dice.uniform(0.2, 0.6), dice.uniform(0.02, 0.06));
        addInto(wave, noiseBurst(dice, 0.03, dice.uniform(1000, 3000), 0.6), dice.uniform(0.1, 0.4));
        return wave;
    }

    private static float[] shaker(Dice dice) {
        float[] wave = noiseBurst(dice, dice.uniform(0.08, 0.18), dice.uniform(5000, 9000), 0.9);
        Envelope.fade(wave, wave.length, dice.uniform(0.01, 0.04), 0.02);
        return wave;
    }

    private static float[] cowbell(Dice dice) {
        float[] wave = new float[frames(0.35)];
        double hertz = dice.uniform(480, 620);
        Wavetable.SQUARE.add(wave, wave.length, hertz, 0, 0.5f);
        Wavetable.SQUARE.add(wave, wave.length, hertz * 1.48, 0, 0.5f);
        Biquad.bandPass(hertz * 1.8, 1).filter(wave);
        Envelope.decay(wave, wave.length, 0.35, 0);
        return wave;
    }

    private static float[] conga(Dice dice, double hertz) {
        float[] wave = sweptSine(dice.uniform(0.15, 0.45), hertz, hertz * 0.15, 0.01);
        addInto(wave, noiseBurst(dice, 0.015, dice.uniform(1200, 3000), 1), dice.uniform(0.15, 0.5));
        return wave;
    }

    private static float[] sweptSine(double decaySeconds, double hertz, double sweepHz, double sweepSeconds) {
        float[] wave = new float[frames(decaySeconds)];
        float[] cycle = Wavetable.SINE.cycleFor(hertz);
        float keep = (float) Envelope.keepPerFrame(decaySeconds);
        double sweep = sweepHz;
        double sweepKeep = exp(-1 / (sweepSeconds * SAMPLE_RATE_HZ));
        float level = 1;
        int phase = 0;
        for (int i = 0; i < wave.length; i++) {
            wave[i] = level * Wavetable.at(cycle, phase);
            phase += Wavetable.step(hertz + sweep);
            sweep *= sweepKeep;
            level *= keep;
        }
        Envelope.fade(wave, wave.length, 0, 0.005);
        return wave;
    }

    private static float[] noiseBurst(Dice dice, double decaySeconds, double centreHz, double q) {
        float[] wave = new float[frames(decaySeconds)];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = dice.noise();
        }
        Biquad.bandPass(centreHz, q).filter(wave);
        Envelope.decay(wave, wave.length, decaySeconds, 0);
        return peakOne(wave);
    }

    private static int frames(double seconds) {
        return Math.max(16, (int) (seconds * SAMPLE_RATE_HZ));
    }

    private static void addInto(float[] wave, float[] other, double gain) {
        addIntoAt(wave, other, 0, gain);
    }

    private static void addIntoAt(float[] wave, float[] other, int start, double gain) {
        for (int i = 0; i < Math.min(other.length, wave.length - start); i++) {
            wave[start + i] += (float) gain * other[i];
        }
    }

    private static float[] peakOne(float[] wave) {
        float peak = 1e-9f;
        for (float value : wave) {
            peak = Math.max(peak, Math.abs(value));
        }
        for (int i = 0; i < wave.length; i++) {
            wave[i] /= peak;
        }
        return wave;
    }
}
