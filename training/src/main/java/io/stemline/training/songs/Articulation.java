package io.stemline.training.songs;

import java.util.Arrays;
import java.util.List;

/**
 * The movements of a singer's larynx, throat and mouth over time, every {@link PitchCurve#HOP} frames: how loud the voice,
 * the breath and the noise of consonants are, how the vocal folds swing, and where the formants stand.
 */
final class Articulation {
    static final int FORMANTS = 6;

    /** Where the nose's resonance lies; while its zero lies there too, the two cancel. */
    static final double NOSE_HZ = 280;

    private static final double HOPS_PER_SECOND = (double) SongGenerator.SAMPLE_RATE_HZ / PitchCurve.HOP;
    private static final double VOWEL_NASAL_HZ = 480;

    final float[] voicing;
    final float[] aspiration;
    final float[] frication;
    final float[] fricationHz;
    final float[] fricationWidth;

    /** Rd of {@link GlottalSource}. */
    final float[] shape;

    final float[] roughness;
    final float[] nasalZeroHz;
    final float[][] formantHz;

    private final Part.Voice voice;
    private final SungPitch pitch;
    private final Timeline timeline;
    private final Dice dice;
    private final double[] scales = new double[FORMANTS];

    private Articulation(Part.Voice voice, SungPitch pitch, Timeline timeline, Dice dice) {
        int hops = pitch.midi.length;
        voicing = new float[hops];
        aspiration = new float[hops];
        frication = new float[hops];
        fricationHz = new float[hops];
        fricationWidth = new float[hops];
        shape = new float[hops];
        roughness = new float[hops];
        nasalZeroHz = new float[hops];
        formantHz = new float[FORMANTS][hops];
        this.voice = voice;
        this.pitch = pitch;
        this.timeline = timeline;
        this.dice = dice;
        for (int i = 0; i < FORMANTS; i++) {
            scales[i] = voice.throat().scale() * voice.throat().ownScales().get(i);
        }
        Arrays.fill(nasalZeroHz, (float) (NOSE_HZ + voice.throat().nasality() * (VOWEL_NASAL_HZ - NOSE_HZ)));
        Arrays.fill(shape, (float) voice.larynx().shape());
    }

    static Articulation of(List<Line> lines, Part.Voice voice, SungPitch pitch, Timeline timeline, Dice dice) {
        Articulation articulation = new Articulation(voice, pitch, timeline, dice);
        List<Syllable> all =
                lines.stream().flatMap(line -> line.syllables().stream()).toList();
        articulation.rest(all);
        for (Line line : lines) {
            articulation.sing(line);
        }
        articulation.soften();
        articulation.drawTogether();
        return articulation;
    }

    /** Between syllables the mouth keeps its shape. */
    private void rest(List<Syllable> syllables) {
        int from = 0;
        for (int i = 0; i < syllables.size(); i++) {
            int to = i + 1 < syllables.size() ? hop(syllables.get(i).note().end()) : voicing.length;
            fillFormants(
                    from,
                    Math.max(from, to),
                    syllables.get(i).vowel(),
                    syllables.get(i).glide());
            from = Math.max(from, to);
        }
    }

    private int hop(double beat) {
        return Math.min(voicing.length, PitchCurve.hop(timeline, beat));
    }

    private static int hops(double seconds) {
        return Math.max(1, (int) (seconds * HOPS_PER_SECOND));
    }

    private void sing(Line line) {
        if (line.breath()) {
            breatheIn(hop(line.first().note().beat()));
        }
        for (int i = 0; i < line.syllables().size(); i++) {
            boolean last = i == line.syllables().size() - 1;
            sing(line, i, last);
        }
    }

    private void sing(Line line, int index, boolean last) {
        Syllable syllable = line.syllables().get(index);
        int start = hop(syllable.note().beat());
        int end = hop(syllable.note().end());
        if (end - start < 4) {
            return;
        }
        boolean tiedOn = !last && line.syllables().get(index + 1).tied();
        double loudness = syllable.note().velocity()
                * line.loudness()
                * Decibel.factor(dice.uniform(-2, 2))
                * (line.delivery() == Part.Delivery.SHOUTED ? 1.5 : 1);
        fillVowel(syllable, start, end);
        boolean tied = syllable.tied() && index > 0;
        fillVoice(line.delivery(), start, end, loudness, tied, tiedOn || (!last && dice.chance(0.6)));
        if (!tied) {
            begin(syllable.onset(), start, end, loudness, syllable.vowel());
        }
        if (!tiedOn) {
            finish(syllable.coda(), start, end, loudness);
        }
    }

    private void fillVowel(Syllable syllable, int start, int end) {
        int turn = start + (int) ((end - start) * dice.uniform(0.3, 0.75));
        fillFormants(start, turn, syllable.vowel(), syllable.vowel());
        fillFormants(turn, end, syllable.vowel(), syllable.glide());
    }

    private void fillFormants(int from, int to, double[] first, double[] last) {
        int end = Math.min(to, voicing.length);
        for (int formant = 0; formant < FORMANTS; formant++) {
            double a = first[formant] * scales[formant];
            double b = last[formant] * scales[formant];
            for (int i = Math.max(0, from); i < end; i++) {
                formantHz[formant][i] = (float) (a + (b - a) * (i - from) / (to - from));
            }
        }
    }

    /** Loudness over a note, and how the folds follow it: soft is lax, loud is pressed, and the end of a note is lax. */
    private void fillVoice(Part.Delivery delivery, int start, int end, double loudness, boolean tied, boolean legato) {
        Part.Larynx larynx = voice.larynx();
        double attack = hops(tied ? 0.004 : dice.logUniform(0.006, 0.12));
        double release = hops(legato ? 0.012 : dice.logUniform(0.03, 0.3));
        double kept = legato ? 0.75 : 0;
        double begun = tied ? 0.85 : 0;
        double swell = dice.uniform(-0.5, 0.4);
        double laxness = dice.uniform(0.1, 0.9);
        double breath = Decibel.factor(larynx.breathDb());
        for (int i = start; i < end; i++) {
            double rise = Math.min(1, begun + (1 - begun) * (i - start + 1) / attack);
            double fall = Math.min(1, kept + (1 - kept) * (end - i) / release);
            double course = 1 + swell * (i - start) / (end - start);
            double level = loudness * rise * fall * course;
            double head = Math.clamp((pitch.midi[i] - larynx.breakPitch()) / 3, 0, 1) * larynx.headShape();
            double lax = larynx.shape() + head + larynx.dynamics() * (0.75 - level) + laxness * (1 - fall);
            shape[i] = (float) (pitch.fry[i] ? 0.45 : delivery == Part.Delivery.SHOUTED ? lax * 0.6 : lax);
            roughness[i] =
                    (float) (pitch.fry[i] ? 0.5 : larynx.roughness() + (delivery == Part.Delivery.SHOUTED ? 0.15 : 0));
            boolean whispered = delivery == Part.Delivery.WHISPERED;
            voicing[i] = (float) (whispered ? 0 : pitch.fry[i] ? 0.5 * level : level * pitch.tremolo[i]);
            aspiration[i] = (float) (whispered ? 0.25 * level : breath * Math.sqrt(level) * (1 + lax) / 2);
        }
    }

    private void begin(Consonant onset, int start, int end, double loudness, double[] vowel) {
        int room = (end - start) / 2;
        switch (onset.manner) {
            case NONE -> {}
            case FRICATIVE -> {
                int length = Math.min(room + hops(0.06), hops(dice.uniform(0.05, 0.16)));
                hiss(onset, start - length * 2 / 3, length, loudness, 0);
            }
            case VOICED_FRICATIVE -> {
                int length = Math.min(room + hops(0.03), hops(dice.uniform(0.04, 0.1)));
                hiss(onset, start - length / 2, length, loudness, 0.3);
            }
            case ASPIRATE -> {
                int length = Math.min(room + hops(0.04), hops(dice.uniform(0.04, 0.12)));
                fade(start - length / 2, start + length / 2, 0);
                float breath = (float) (loudness * Decibel.factor(dice.uniform(-24, -10)));
                fill(aspiration, start - length / 2, start + length / 2, breath);
            }
            case PLOSIVE -> burst(onset, start - hops(0.04), room, loudness, dice.uniform(0.015, 0.07));
            case VOICED_PLOSIVE -> burst(onset, start - hops(0.03), room, loudness, 0.004);
            case NASAL -> murmur(onset, start - hops(0.03), Math.min(room + 20, hops(dice.uniform(0.05, 0.13))));
            case LIQUID, GLIDE -> {
                int length = Math.min(room + 20, hops(dice.uniform(0.05, 0.13)));
                int from = start - length / 2;
                fillFormants(from, from + length / 2, onset.locusHz, onset.locusHz);
                fillFormants(from + length / 2, from + length, onset.locusHz, vowel);
                fade(from, from + length / 2, (float) dice.uniform(0.4, 0.8));
            }
        }
    }

    private void finish(Consonant coda, int start, int end, double loudness) {
        int room = (end - start) / 3;
        switch (coda.manner) {
            case NONE, ASPIRATE, GLIDE -> {}
            case NASAL -> {
                int length = Math.min(room, hops(dice.uniform(0.05, 0.2)));
                murmur(coda, end - length, length);
            }
            case LIQUID -> {
                int length = Math.min(room, hops(dice.uniform(0.06, 0.15)));
                fillFormants(end - length, end, coda.locusHz, coda.locusHz);
            }
            case FRICATIVE, VOICED_FRICATIVE ->
                hiss(coda, end - hops(0.02), hops(dice.uniform(0.06, 0.2)), loudness * 0.8, 0.1);
            case PLOSIVE, VOICED_PLOSIVE ->
                burst(coda, end - hops(0.02), hops(0.2), loudness * 0.6, dice.uniform(0.01, 0.05));
        }
    }

    private void hiss(Consonant consonant, int start, int length, double loudness, double voiced) {
        double level = loudness * Decibel.factor(consonant.noiseDb + 3.5 * dice.normal());
        float hertz = (float) (consonant.noiseHz
                * dice.uniform(0.85, 1.2)
                * (0.6 + 0.4 * voice.throat().scale()));
        double edge = dice.uniform(2.2, 4);
        int from = Math.max(0, start);
        int to = Math.min(voicing.length, start + length);
        for (int i = from; i < to; i++) {
            double course = Math.min(1, edge * Math.min(i - start + 1, start + length - i) / length);
            frication[i] = (float) (level * course);
            fricationHz[i] = hertz;
            fricationWidth[i] = (float) consonant.noiseWidth;
        }
        fillFormants(from, to, consonant.locusHz, consonant.locusHz);
        fade(start, start + length, (float) voiced);
    }

    /** Silence while the lips or the tongue close, a burst when they open, and then perhaps breath. */
    private void burst(Consonant consonant, int start, int room, double loudness, double breathSeconds) {
        boolean voiced = consonant.manner == Consonant.Manner.VOICED_PLOSIVE;
        int gap = Math.min(room / 3 + 4, hops(dice.uniform(0.02, 0.06)));
        int hiss = Math.min(room / 3 + 2, hops(consonant == Consonant.CH ? 0.05 : dice.uniform(0.005, 0.018)));
        int breath = Math.min(room / 3, hops(breathSeconds));
        int open = start + gap;
        fillFormants(start, open + hiss, consonant.locusHz, consonant.locusHz);
        fade(start, open + (voiced ? 0 : hiss + breath / 2), voiced ? 0.12f : 0);
        float hertz = (float) (consonant.noiseHz * dice.uniform(0.8, 1.25));
        double level = loudness * Decibel.factor(consonant.noiseDb + 3.5 * dice.normal());
        for (int i = Math.max(0, open); i < Math.min(voicing.length, open + hiss); i++) {
            frication[i] = (float) level;
            fricationHz[i] = hertz;
            fricationWidth[i] = (float) consonant.noiseWidth;
        }
        if (!voiced) {
            float level2 = (float) (loudness * Decibel.factor(dice.uniform(-26, -14)));
            fill(aspiration, open + hiss, open + hiss + breath, level2);
        }
    }

    /** The mouth is shut and the voice comes through the nose; the vowels beside it are nasal as well. */
    private void murmur(Consonant consonant, int start, int length) {
        int end = start + length;
        fillFormants(start, end, consonant.locusHz, consonant.locusHz);
        fill(nasalZeroHz, start - hops(0.04), end + hops(0.04), (float) VOWEL_NASAL_HZ);
        fill(nasalZeroHz, start, end, (float) consonant.noiseHz);
        fade(start, end, (float) dice.uniform(0.35, 0.7));
    }

    private void breatheIn(int before) {
        int length = hops(dice.uniform(0.15, 0.5));
        int start = before - length - hops(dice.uniform(0.03, 0.1));
        float level = (float) Decibel.factor(dice.uniform(-42, -22));
        for (int i = Math.max(0, start); i < Math.min(voicing.length, start + length); i++) {
            double course = 4.0 * (i - start) * (start + length - i) / ((double) length * length);
            if (voicing[i] == 0) {
                aspiration[i] = (float) (level * course);
            }
        }
    }

    private void fade(int from, int to, float factor) {
        for (int i = Math.max(0, from); i < Math.min(to, voicing.length); i++) {
            voicing[i] *= factor;
            aspiration[i] *= factor;
        }
    }

    private static void fill(float[] curve, int from, int to, float value) {
        for (int i = Math.max(0, from); i < Math.min(to, curve.length); i++) {
            curve[i] = value;
        }
    }

    /** Nothing in a mouth moves in no time. */
    private void soften() {
        smooth(voicing, hops(0.007));
        smooth(aspiration, hops(0.008));
        smooth(frication, hops(0.004));
        smooth(shape, hops(0.02));
        smooth(nasalZeroHz, hops(0.03));
        for (float[] formant : formantHz) {
            smooth(formant, hops(0.035));
            smooth(formant, hops(0.02));
        }
    }

    /** High voices raise the first formant with the note; trained ones draw the third to fifth together. */
    private void drawTogether() {
        double ring = 0.6 * voice.throat().ring();
        for (int i = 0; i < voicing.length; i++) {
            float lowest = (float) (0.95 * Decibel.hertz(pitch.midi[i]));
            formantHz[0][i] = Math.max(formantHz[0][i], lowest);
            formantHz[1][i] = Math.max(formantHz[1][i], 1.25f * formantHz[0][i]);
            float fourth = formantHz[3][i];
            formantHz[2][i] += (float) (ring * 0.6 * (fourth * 0.86 - formantHz[2][i]));
            formantHz[4][i] += (float) (ring * (fourth * 1.14 - formantHz[4][i]));
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
