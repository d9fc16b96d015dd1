package io.stemline.training.songs;

import static java.lang.Math.fma;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.exp;

import java.util.List;

/**
 * A formant singer: glottal pulses and breath through resonators side by side (as in Holmes 1983), the hiss of consonants
 * beside them. The pitch comes from {@link PitchCurve}, the movements of the mouth from {@link Articulation}.
 *
 * <p>Resonators in parallel have levels of their own, so that the upper formants are as strong as in recorded voices; in a
 * cascade of so few they would fall by 60 dB.
 */
final class Singer {
    private static final int HOP = PitchCurve.HOP;
    private static final int SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;
    private static final int MOVING = Articulation.FORMANTS;
    private static final double[] BANDWIDTHS_HZ = {90, 110, 150, 210, 280, 600, 900, 1400, 220};
    private static final double[] LEVELS_DB = {0, -1, -3, -6, -8, -11, -13, -16, -17};
    private static final double[] FIXED_HZ = {5800, 7200, 9500, 210};
    private static final int RESONATORS = BANDWIDTHS_HZ.length;
    private static final int CHEST = RESONATORS - 1;
    /** Share of the cycle in which the glottis is open, and in which it is opening. */
    private static final double OPEN = 0.6;

    private static final double OPENING = 0.42;
    private static final Wavetable GLOTTIS = glottis();

    private final Part.Voice voice;
    private final Dice dice;
    private final double[] gain = new double[RESONATORS];
    private final double[] b = new double[RESONATORS];
    private final double[] c = new double[RESONATORS];
    private final double[] y1 = new double[RESONATORS];
    private final double[] y2 = new double[RESONATORS];
    private final double[] radius = new double[RESONATORS];
    private final double shimmer;
    private double x1;
    private double x2;

    private Singer(Part.Voice voice, Dice dice) {
        this.voice = voice;
        this.dice = dice;
        double width = dice.uniform(0.8, 1.5);
        double slopeDb = (voice.effort() - 0.6) * 14;
        for (int i = 0; i < RESONATORS; i++) {
            radius[i] = exp(-Math.PI * BANDWIDTHS_HZ[i] * width / SAMPLE_RATE_HZ);
            double brightnessDb = i == CHEST ? 0 : slopeDb * Math.min(i, 5) / 3.0;
            double levelDb = LEVELS_DB[i] + brightnessDb + dice.normal() * (i == 0 ? 0 : i == CHEST ? 5 : 2.5);
            double side = i % 2 == 0 ? 1 : -1;
            gain[i] = side * Decibel.factor(levelDb) * (1 - radius[i]);
        }
        for (int i = 0; i < FIXED_HZ.length; i++) {
            tune(MOVING + i, FIXED_HZ[i] * Math.clamp(voice.tract(), 0.92, 1.15));
        }
        shimmer = dice.uniform(0.01, 0.06);
    }

    /** Derivative of the glottal flow (Rosenberg 1971, form C), by its harmonics. */
    private static Wavetable glottis() {
        int points = 4096;
        double[] slope = new double[points];
        for (int i = 0; i < points; i++) {
            slope[i] = flow((i + 1.0) / points) - flow((double) i / points);
        }
        int harmonics = 300;
        double[] sine = new double[harmonics + 1];
        double[] cosine = new double[harmonics + 1];
        double power = 0;
        for (int h = 1; h <= harmonics; h++) {
            for (int i = 0; i < points; i++) {
                double angle = 2 * Math.PI * ((long) h * i % points) / points;
                sine[h] += slope[i] * StrictMath.sin(angle);
                cosine[h] += slope[i] * cos(angle);
            }
            power += (sine[h] * sine[h] + cosine[h] * cosine[h]) / 2;
        }
        double scale = 1 / Math.sqrt(power);
        return Wavetable.ofHarmonics(harmonics, h -> scale * sine[h], h -> scale * cosine[h]);
    }

    private static double flow(double phase) {
        if (phase < OPENING) {
            return 0.5 * (1 - cos(Math.PI * phase / OPENING));
        }
        return phase < OPEN ? cos(Math.PI / 2 * (phase - OPENING) / (OPEN - OPENING)) : 0;
    }

    /** The sound of the syllables, {@code [lengthFrames]}; a loud vowel has a root mean square of about 0.4. */
    static float[] sing(List<Syllable> syllables, Part.Voice voice, Timeline timeline, Dice dice) {
        Singer singer = new Singer(voice, dice);
        List<Note> notes = syllables.stream().map(Syllable::note).toList();
        float[] pitch = PitchCurve.of(notes, timeline, singer.habits(), dice);
        Articulation articulation = Articulation.of(syllables, voice, timeline, dice);
        float[] sound = new float[timeline.lengthFrames()];
        singer.phonate(sound, pitch, articulation);
        singer.addConsonants(sound, articulation);
        return sound;
    }

    private PitchCurve.Habits habits() {
        return new PitchCurve.Habits(
                voice.vibratoHz(),
                voice.vibratoSemitones(),
                voice.vibratoDelaySeconds(),
                voice.glideSeconds(),
                voice.scoops(),
                dice.uniform(0.05, 0.3),
                dice.uniform(0.01, 0.05));
    }

    private void tune(int resonator, double hertz) {
        double r = radius[resonator];
        c[resonator] = -r * r;
        b[resonator] = 2 * r * cos(2 * Math.PI * hertz / SAMPLE_RATE_HZ);
    }

    private void phonate(float[] sound, float[] pitch, Articulation articulation) {
        int[] steps = PitchCurve.steps(pitch);
        int phase = 0;
        float cycleGain = 1;
        double ringing = 0;
        for (int hop = 0; hop * HOP < sound.length; hop++) {
            float loudness = articulation.voicing[hop];
            float breath = articulation.aspiration[hop];
            double nextLevel = articulation.voicing[hop + 1] + articulation.aspiration[hop + 1];
            if (loudness + breath + nextLevel == 0 && ringing < 1e-7) {
                continue;
            }
            for (int formant = 0; formant < MOVING; formant++) {
                tune(formant, articulation.formantHz[formant][hop]);
            }
            float[] cycle = GLOTTIS.cycleFor(Decibel.hertz(pitch[hop]));
            float loudnessStep = (articulation.voicing[hop + 1] - loudness) / HOP;
            int step = steps[hop];
            ringing = 0;
            for (int i = hop * HOP; i < Math.min(sound.length, (hop + 1) * HOP); i++) {
                boolean open = phase >= 0;
                double air = breath * dice.noise() * (open ? 1 : 0.4);
                double source = cycleGain * loudness * Wavetable.at(cycle, phase) + air;
                sound[i] = (float) resonate(source);
                ringing = Math.max(ringing, Math.abs(sound[i]));
                loudness += loudnessStep;
                int before = phase;
                phase += step;
                if (before < 0 && phase >= 0) {
                    cycleGain = (float) (1 + shimmer * 1.7 * dice.noise());
                }
            }
        }
    }

    /** One sample through all resonances, each a band-pass. */
    private double resonate(double source) {
        double x = source - x2;
        x2 = x1;
        x1 = source + 1e-15;
        double sum = 0;
        for (int i = 0; i < RESONATORS; i++) {
            double y = fma(b[i], y1[i], fma(c[i], y2[i], gain[i] * x));
            y2[i] = y1[i];
            y1[i] = y;
            sum += y;
        }
        return sum;
    }

    private void addConsonants(float[] sound, Articulation articulation) {
        double z1 = 0;
        double z2 = 0;
        for (int hop = 0; hop * HOP < sound.length; hop++) {
            float gain = articulation.frication[hop];
            float gainStep = (articulation.frication[hop + 1] - gain) / HOP;
            float hertz = Math.max(articulation.fricationHz[hop], articulation.fricationHz[hop + 1]);
            if ((gain == 0 && gainStep == 0) || hertz == 0) {
                z1 = 0;
                z2 = 0;
                continue;
            }
            double r = exp(-Math.PI * 0.35 * hertz / SAMPLE_RATE_HZ);
            double b1 = 2 * r * cos(2 * Math.PI * hertz / SAMPLE_RATE_HZ);
            double scale = 1 - r;
            for (int i = hop * HOP; i < Math.min(sound.length, (hop + 1) * HOP); i++) {
                double y = scale * 2 * gain * dice.noise() + b1 * z1 - r * r * z2;
                sound[i] += (float) (y - z2);
                z2 = z1;
                z1 = y;
                gain += gainStep;
            }
        }
    }
}
