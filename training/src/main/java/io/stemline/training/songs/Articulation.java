package io.stemline.training.songs;

import java.util.List;

/**
 * The movements of a singer's throat and mouth over time, every {@link PitchCurve#HOP} frames: how loud the voice, the
 * breath and the hiss of consonants are, and where the formants stand.
 */
final class Articulation {
    static final int FORMANTS = 5;
    private static final double HOPS_PER_SECOND = (double) SongGenerator.SAMPLE_RATE_HZ / PitchCurve.HOP;
    private static final double[] NASAL_MURMUR = {270, 1150, 2250, 3200, 4400};
    private static final double[][] APPROXIMANTS = {
        {300, 700, 2300, 3300, 4500},
        {280, 2200, 3000, 3600, 4600},
        {350, 1200, 1600, 3200, 4400},
        {360, 1100, 2700, 3500, 4500}
    };

    final float[] voicing;
    final float[] aspiration;
    final float[] frication;
    final float[] fricationHz;
    final float[][] formantHz;

    private final Part.Voice voice;
    private final Timeline timeline;
    private final Dice dice;

    private Articulation(int hops, Part.Voice voice, Timeline timeline, Dice dice) {
        voicing = new float[hops];
        aspiration = new float[hops];
        frication = new float[hops];
        fricationHz = new float[hops];
        formantHz = new float[FORMANTS][hops];
        this.voice = voice;
        this.timeline = timeline;
        this.dice = dice;
    }

    static Articulation of(List<Syllable> syllables, Part.Voice voice, Timeline timeline, Dice dice) {
        int hops = timeline.lengthFrames() / PitchCurve.HOP + 2;
        Articulation articulation = new Articulation(hops, voice, timeline, dice);
        articulation.rest(syllables);
        for (int i = 0; i < syllables.size(); i++) {
            double next = i + 1 < syllables.size() ? syllables.get(i + 1).note().beat() : Double.MAX_VALUE;
            articulation.sing(syllables.get(i), next - syllables.get(i).note().end() < 0.05);
            if (i == 0
                    || syllables.get(i).note().beat()
                                    - syllables.get(i - 1).note().end()
                            > 0.8) {
                articulation.breathe(syllables.get(i).note());
            }
        }
        articulation.soften();
        return articulation;
    }

    /** Between syllables the mouth already forms the next vowel. */
    private void rest(List<Syllable> syllables) {
        int from = 0;
        for (int i = 0; i < syllables.size(); i++) {
            int to = i + 1 < syllables.size() ? hop(syllables.get(i).note().end()) : voicing.length;
            fillFormants(
                    from,
                    Math.min(voicing.length, to),
                    syllables.get(i).vowel(),
                    syllables.get(i).vowel());
            from = Math.max(from, to);
        }
    }

    private int hop(double beat) {
        return PitchCurve.hop(timeline, beat);
    }

    private static int hops(double seconds) {
        return Math.max(1, (int) (seconds * HOPS_PER_SECOND));
    }

    private void sing(Syllable syllable, boolean legato) {
        int start = hop(syllable.note().beat());
        int end = Math.min(voicing.length, hop(syllable.note().end()));
        if (end - start < 4) {
            return;
        }
        double loudness = syllable.note().velocity() * Decibel.factor(dice.uniform(-4, 2));
        fillVowel(syllable, start, end);
        fillVoicing(start, end, loudness, legato);
        begin(syllable.onset(), start, end, loudness, syllable.vowel());
        if (!legato) {
            finish(syllable.coda(), end, loudness, syllable.glide());
        }
    }

    private void fillVowel(Syllable syllable, int start, int end) {
        int turn = start + (int) ((end - start) * dice.uniform(0.3, 0.6));
        fillFormants(start, turn, syllable.vowel(), syllable.vowel());
        fillFormants(turn, end, syllable.vowel(), syllable.glide());
    }

    private void fillFormants(int from, int to, double[] first, double[] last) {
        int length = Math.min(to, voicing.length) - from;
        for (int formant = 0; formant < FORMANTS; formant++) {
            double a = first[formant] * voice.tract();
            double b = last[formant] * voice.tract();
            for (int i = 0; i < length; i++) {
                formantHz[formant][from + i] = (float) (a + (b - a) * i / length);
            }
        }
    }

    private void fillVoicing(int start, int end, double loudness, boolean legato) {
        double attack = hops(dice.uniform(0.01, 0.08));
        double release = hops(legato ? 0.01 : dice.uniform(0.03, 0.1));
        double held = legato ? 0.6 : 0;
        double swell = dice.uniform(-0.3, 0.3);
        for (int i = start; i < end; i++) {
            double rise = Math.min(1, (i - start + 1) / attack);
            double fall = Math.min(1, held + (1 - held) * (end - i) / release);
            double course = 1 + swell * (i - start) / (end - start);
            voicing[i] = (float) (loudness * rise * fall * course);
            aspiration[i] = (float) (voicing[i] * voice.breathiness());
        }
    }

    private void begin(Syllable.Consonant onset, int start, int end, double loudness, double[] vowel) {
        int room = (end - start) / 2;
        switch (onset) {
            case NONE -> {}
            case FRICATIVE -> hiss(start, Math.min(room, hops(dice.uniform(0.05, 0.16))), loudness, 0);
            case VOICED_FRICATIVE -> hiss(start, Math.min(room, hops(dice.uniform(0.04, 0.1))), loudness * 0.6, 0.35);
            case ASPIRATE -> {
                int length = Math.min(room, hops(dice.uniform(0.04, 0.1)));
                scaleVoicing(start, start + length, 0);
                fill(aspiration, start, start + length, (float) (loudness * dice.uniform(0.3, 0.8)));
            }
            case PLOSIVE -> burst(start, room, loudness, dice.uniform(0.02, 0.07));
            case VOICED_PLOSIVE -> burst(start, room, loudness * 0.7, 0.004);
            case NASAL -> murmur(start, Math.min(room, hops(dice.uniform(0.04, 0.11))), vowel);
            case APPROXIMANT -> {
                double[] from = APPROXIMANTS[dice.below(APPROXIMANTS.length)];
                int length = Math.min(room, hops(dice.uniform(0.06, 0.14)));
                fillFormants(start, start + length, from, vowel);
                scaleVoicing(start, start + length / 2, 0.5f);
            }
        }
    }

    private void finish(Syllable.Consonant coda, int end, double loudness, double[] vowel) {
        switch (coda) {
            case NASAL -> {
                int length = hops(dice.uniform(0.05, 0.15));
                murmur(Math.max(0, end - length), length, vowel);
            }
            case FRICATIVE, VOICED_FRICATIVE -> {
                int length = hops(dice.uniform(0.05, 0.15));
                hiss(end, length, loudness * 0.7, 0);
            }
            case PLOSIVE -> {
                int gap = hops(dice.uniform(0.03, 0.06));
                hiss(end + gap, hops(0.015), loudness * 0.6, 0);
            }
            default -> {}
        }
    }

    private void hiss(int start, int length, double loudness, double voiced) {
        double level = loudness * Decibel.factor(dice.uniform(-16, -2));
        float hertz = (float) dice.logUniform(2200, 9000);
        for (int i = start; i < Math.min(voicing.length, start + length); i++) {
            double shape = Math.min(1, 3.0 * Math.min(i - start + 1, start + length - i) / length);
            frication[i] = (float) (level * shape);
            fricationHz[i] = hertz;
        }
        scaleVoicing(start, start + length, (float) voiced);
    }

    /** Silence while the lips or the tongue close, a click when they open, and then perhaps breath. */
    private void burst(int start, int room, double loudness, double breathSeconds) {
        int gap = Math.min(room / 3, hops(dice.uniform(0.015, 0.05)));
        int click = Math.min(room / 3, hops(dice.uniform(0.006, 0.015)));
        int breath = Math.min(room / 3, hops(breathSeconds));
        scaleVoicing(start, start + gap + click + breath / 2, 0);
        float hertz = (float) dice.logUniform(700, 5000);
        for (int i = start + gap; i < Math.min(voicing.length, start + gap + click); i++) {
            frication[i] = (float) (loudness * dice.uniform(0.4, 1.2));
            fricationHz[i] = hertz;
        }
        fill(aspiration, start + gap + click, start + gap + click + breath, (float) (loudness * 0.4));
    }

    /** The mouth is shut and the voice comes through the nose. */
    private void murmur(int start, int length, double[] vowel) {
        int end = Math.min(voicing.length, start + length);
        int open = start + (end - start) * 3 / 4;
        fillFormants(start, open, NASAL_MURMUR, NASAL_MURMUR);
        fillFormants(open, end, NASAL_MURMUR, vowel);
        scaleVoicing(start, open, 0.3f);
    }

    private void breathe(Note first) {
        if (!dice.chance(0.6)) {
            return;
        }
        int length = hops(dice.uniform(0.15, 0.4));
        int start = hop(first.beat()) - length - hops(0.05);
        float level = (float) Decibel.factor(dice.uniform(-34, -16));
        for (int i = Math.max(0, start); i < Math.min(voicing.length, start + length); i++) {
            double shape = 4.0 * (i - start) * (start + length - i) / ((double) length * length);
            if (voicing[i] == 0) {
                aspiration[i] = (float) (level * shape);
            }
        }
    }

    private void scaleVoicing(int from, int to, float factor) {
        for (int i = from; i < Math.min(to, voicing.length); i++) {
            voicing[i] *= factor;
            aspiration[i] *= factor;
        }
    }

    private static void fill(float[] curve, int from, int to, float value) {
        for (int i = from; i < Math.min(to, curve.length); i++) {
            curve[i] = value;
        }
    }

    /** Nothing in a mouth moves in no time. */
    private void soften() {
        smooth(voicing, hops(0.006));
        smooth(aspiration, hops(0.008));
        smooth(frication, hops(0.003));
        for (float[] formant : formantHz) {
            smooth(formant, hops(0.03));
        }
    }

    /** A moving average. */
    private static void smooth(float[] curve, int width) {
        double sum = 0;
        float[] original = curve.clone();
        int half = width / 2;
        for (int i = -half; i < curve.length; i++) {
            sum += original[Math.min(curve.length - 1, i + half)];
            if (i - half - 1 >= 0) {
                sum -= original[i - half - 1];
            }
            if (i >= 0) {
                curve[i] = (float) Math.max(0, sum / Math.min(2 * half + 1, i + half + 1));
            }
        }
    }
}
