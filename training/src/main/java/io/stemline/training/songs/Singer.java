package io.stemline.training.songs;

import java.util.List;

/**
 * A formant singer after Klatt (1980): the vocal folds of {@link GlottalSource} and breath through {@link Formants}, the noise
 * of consonants beside it. The pitch comes from {@link SungPitch}, the movements of larynx, throat and mouth from
 * {@link Articulation}.
 */
final class Singer {
    private static final int HOP = PitchCurve.HOP;
    private static final int SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;
    private static final double[] COLOURS_HZ = {1800, 4300, 6200, 8900, 12_800};

    private static final double NOISE_RMS = 0.577;
    private static final double SILENT = 1e-7;

    private final Part.Voice voice;
    private final Dice dice;
    private final Formants formants;
    private final double[] block = new double[HOP];
    private final Nose nose = new Nose();
    private int phase;
    private double cycleGain = 1;
    private double cycleSpeed = 1;
    private boolean second;

    private Singer(Part.Voice voice, Formants formants, Dice dice) {
        this.voice = voice;
        this.formants = formants;
        this.dice = dice;
    }

    /** The sound of the syllables, {@code [lengthFrames]}; a loud vowel has a root mean square of about 0.4. */
    static float[] sing(
            List<Syllable> syllables, Part.Voice voice, Part.Timbre.Synthesised timbre, Timeline timeline, Dice dice) {
        List<Line> lines = Line.of(syllables, voice, timeline, dice);
        SungPitch pitch = SungPitch.of(lines, voice.pitching(), timeline, dice);
        Articulation articulation = Articulation.of(lines, voice, pitch, timeline, dice);
        float[] sound = new float[timeline.lengthFrames()];
        Singer singer = new Singer(voice, formants(voice.throat(), timbre), dice);
        singer.phonate(sound, PitchCurve.steps(pitch.midi), articulation);
        singer.addConsonants(sound, articulation);
        List<Double> coloursDb = voice.throat().coloursDb();
        for (int i = 0; i < COLOURS_HZ.length; i++) {
            Biquad colour = i == 0
                    ? Biquad.highShelf(COLOURS_HZ[i], coloursDb.get(i))
                    : Biquad.peak(COLOURS_HZ[i], 1.6, coloursDb.get(i));
            colour.filter(sound);
        }
        return sound;
    }

    private static Formants formants(Part.Throat throat, Part.Timbre.Synthesised timbre) {
        return switch (timbre) {
            case Part.Timbre.Cascade cascade -> new CascadeFormants(throat);
            case Part.Timbre.Parallel parallel -> new ParallelFormants(throat, parallel.levelsDb());
        };
    }

    private void phonate(float[] sound, int[] steps, Articulation articulation) {
        boolean ringing = false;
        for (int hop = 0; hop * HOP < sound.length; hop++) {
            boolean driven = articulation.voicing[hop]
                            + articulation.voicing[hop + 1]
                            + articulation.aspiration[hop]
                            + articulation.aspiration[hop + 1]
                    > 0;
            if (!driven && !ringing) {
                continue;
            }
            excite(articulation, hop, steps[hop]);
            nose.filter(block, articulation.nasalZeroHz[hop]);
            formants.filter(block, articulation, hop);
            int length = Math.min(HOP, sound.length - hop * HOP);
            double loudest = 0;
            for (int i = 0; i < length; i++) {
                sound[hop * HOP + i] = (float) block[i];
                loudest = Math.max(loudest, Math.abs(block[i]));
            }
            ringing = driven || loudest > SILENT;
            if (!ringing) {
                silence();
            }
        }
    }

    private void silence() {
        nose.stop();
        formants.stop();
    }

    /** The larynx: tone and breath, which is stronger while the glottis is open. */
    private void excite(Articulation articulation, int hop, int step) {
        double place = GlottalSource.place(articulation.shape[hop]);
        int shape = (int) place;
        double share = place - shape;
        double shareStep = (GlottalSource.place(articulation.shape[hop + 1]) - place) / HOP;
        double hertz = step / 4294967296.0 * SAMPLE_RATE_HZ;
        float[] pressed = GlottalSource.shape(shape).cycleFor(hertz);
        float[] lax = GlottalSource.shape(shape + 1).cycleFor(hertz);
        double tone = articulation.voicing[hop];
        double toneStep = (articulation.voicing[hop + 1] - tone) / HOP;
        double breath = articulation.aspiration[hop] / NOISE_RMS;
        double breathStep = (articulation.aspiration[hop + 1] / NOISE_RMS - breath) / HOP;
        int advance = (int) (step * cycleSpeed);
        for (int i = 0; i < HOP; i++) {
            double first = Wavetable.at(pressed, phase);
            double glottis = first + share * (Wavetable.at(lax, phase) - first);
            double air = breath * dice.noise() * (phase < 0 ? 1.3 : 0.55);
            block[i] = cycleGain * tone * glottis + air;
            tone += toneStep;
            breath += breathStep;
            share += shareStep;
            int before = phase;
            phase += advance;
            if (before < 0 && phase >= 0) {
                nextCycle(articulation.roughness[hop]);
                advance = (int) (step * cycleSpeed);
            }
        }
    }

    private void nextCycle(double roughness) {
        second = !second;
        double weak = second ? roughness * (1 + 0.5 * dice.noise()) : 0;
        cycleGain = 1 + voice.larynx().shimmer() * 1.7 * dice.noise() - weak;
        cycleSpeed = 1 + (voice.larynx().jitter() + 0.08 * roughness) * 1.7 * dice.noise();
    }

    private void addConsonants(float[] sound, Articulation articulation) {
        double z1 = 0;
        double z2 = 0;
        double x1 = 0;
        for (int hop = 0; hop * HOP < sound.length; hop++) {
            double level = articulation.frication[hop];
            double next = articulation.frication[hop + 1];
            double hertz = Math.max(articulation.fricationHz[hop], articulation.fricationHz[hop + 1]);
            if (level + next == 0 || hertz == 0) {
                z1 = 0;
                z2 = 0;
                continue;
            }
            double width = Math.max(articulation.fricationWidth[hop], articulation.fricationWidth[hop + 1]) * hertz;
            double r = Resonator.radius(width);
            double b = 2 * r * Resonator.cosine(hertz);
            double steepness = 2 * StrictMath.sin(Math.PI * hertz / SAMPLE_RATE_HZ);
            double scale = (1 - r) * Math.sqrt(SAMPLE_RATE_HZ / (Math.PI * width)) / NOISE_RMS / steepness;
            double gain = 0.4 * scale * level;
            double gainStep = 0.4 * scale * (next - level) / HOP;
            for (int i = hop * HOP; i < Math.min(sound.length, (hop + 1) * HOP); i++) {
                double x = gain * dice.noise();
                double y = x - x1 + b * z1 - r * r * z2;
                x1 = x;
                sound[i] += (float) (y - z2);
                z2 = z1;
                z1 = y;
                gain += gainStep;
            }
        }
    }
}
