package io.stemline.training.songs;

import static java.lang.StrictMath.exp;

import java.util.List;

/** A solo instrument: what is nearest to a voice among the instruments, and has to be told from it. */
final class LeadPlayer {
    private static final int HOP = PitchCurve.HOP;
    private static final int RANGE = 17;
    private static final double HOPS_PER_SECOND = (double) SongGenerator.SAMPLE_RATE_HZ / HOP;

    private final Part.Lead part;
    private final Dice dice;

    private LeadPlayer(Part.Lead part) {
        this.part = part;
        dice = Dice.of(part.seed(), "sound");
    }

    static void play(Part.Lead part, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        List<Note> melody = melody(part, sections, timeline);
        if (!melody.isEmpty()) {
            float[] sound = new LeadPlayer(part).play(melody, timeline);
            track.add(sound, sound.length, 0, 1, 0);
        }
    }

    static List<Note> melody(Part.Lead part, List<SongRecipe.Section> sections, Timeline timeline) {
        return new MelodyWriter(timeline, part.seed(), part.lowestPitch(), RANGE, 0.6).write(sections);
    }

    private float[] play(List<Note> melody, Timeline timeline) {
        float[] pitch = PitchCurve.of(melody, timeline, habits(), dice);
        float[] loudness = loudness(melody, timeline, pitch.length);
        float[] sound = new float[timeline.lengthFrames()];
        oscillate(sound, pitch, loudness);
        colour(sound, loudness);
        return sound;
    }

    private PitchCurve.Habits habits() {
        boolean bends = dice.chance(0.5);
        double vibrato = dice.chance(0.7) ? dice.uniform(0.05, 0.5) : 0;
        return switch (part.sound()) {
            case SAW_SYNTH, SQUARE_SYNTH ->
                new PitchCurve.Habits(dice.uniform(4.5, 7), vibrato, 0.2, dice.uniform(0.002, 0.06), 0.1, 0.01, 0);
            case CLEAN_GUITAR, DISTORTED_GUITAR ->
                new PitchCurve.Habits(dice.uniform(4.5, 7), vibrato, 0.25, 0.01, bends ? 0.5 : 0.1, 0.03, 0);
            case FLUTE, WHISTLE ->
                new PitchCurve.Habits(dice.uniform(4.5, 6), vibrato * 0.6, 0.3, 0.02, 0.1, 0.08, 0.01);
            case BOWED, REED ->
                new PitchCurve.Habits(dice.uniform(4.8, 6.5), vibrato, 0.2, dice.uniform(0.02, 0.06), 0.3, 0.08, 0.01);
        };
    }

    private float[] loudness(List<Note> melody, Timeline timeline, int hops) {
        float[] loudness = new float[hops];
        boolean plucked =
                part.sound() == Part.LeadSound.CLEAN_GUITAR || part.sound() == Part.LeadSound.DISTORTED_GUITAR;
        double attack = plucked ? 0.003 : dice.uniform(0.005, 0.09);
        double decaySeconds = plucked ? dice.uniform(1.5, 5) : dice.uniform(3, 20);
        double share = dice.uniform(0.75, 1);
        for (Note note : melody) {
            int start = PitchCurve.hop(timeline, note.beat());
            int end = Math.min(hops, PitchCurve.hop(timeline, note.beat() + note.beats() * share));
            for (int i = start; i < end; i++) {
                double seconds = (i - start) / HOPS_PER_SECOND;
                double rise = Math.min(1, seconds / attack + 0.1);
                double release = Math.min(1, (end - i) / (0.03 * HOPS_PER_SECOND));
                loudness[i] = (float) (note.velocity() * rise * release * exp(-6.9 * seconds / decaySeconds));
            }
        }
        return loudness;
    }

    private Wavetable waveform() {
        return switch (part.sound()) {
            case SAW_SYNTH, BOWED, CLEAN_GUITAR, DISTORTED_GUITAR -> Wavetable.SAW;
            case SQUARE_SYNTH -> dice.chance(0.5) ? Wavetable.SQUARE : Wavetable.PULSE;
            case REED -> dice.chance(0.5) ? Wavetable.SQUARE : Wavetable.SAW;
            case FLUTE -> Wavetable.ofSines(6, h -> 0.8 / StrictMath.pow(h, 2.2));
            case WHISTLE -> Wavetable.SINE;
        };
    }

    private void oscillate(float[] sound, float[] pitch, float[] loudness) {
        Wavetable waveform = waveform();
        int[] steps = PitchCurve.steps(pitch);
        double breath = part.sound() == Part.LeadSound.FLUTE ? dice.uniform(0.05, 0.4) : 0.01;
        int phase = 0;
        for (int hop = 0; hop * HOP < sound.length; hop++) {
            float gain = loudness[hop];
            float gainStep = (loudness[hop + 1] - gain) / HOP;
            if (gain == 0 && gainStep == 0) {
                continue;
            }
            float[] cycle = waveform.cycleFor(Decibel.hertz(pitch[hop]));
            int step = steps[hop];
            for (int i = hop * HOP; i < Math.min(sound.length, (hop + 1) * HOP); i++) {
                sound[i] = gain * (Wavetable.at(cycle, phase) + (float) breath * dice.noise());
                phase += step;
                gain += gainStep;
            }
        }
    }

    private void colour(float[] sound, float[] loudness) {
        switch (part.sound()) {
            case SAW_SYNTH, SQUARE_SYNTH -> {
                double cutOffHz = dice.logUniform(800, 8000);
                SweptFilter.lowPass(
                        sound, sound.length, frame -> cutOffHz * (0.3 + loudness[frame / HOP]), dice.uniform(0.7, 2.5));
            }
            case CLEAN_GUITAR ->
                SweptFilter.lowPass(sound, sound.length, frame -> 300 + 4000 * loudness[frame / HOP], 0.8);
            case DISTORTED_GUITAR -> Guitars.amplify(sound, dice.uniform(6, 32), dice);
            case BOWED -> {
                Biquad.peak(dice.uniform(250, 320), 3, 6).filter(sound);
                Biquad.peak(dice.uniform(420, 520), 3, 5).filter(sound);
                Biquad.peak(dice.uniform(2000, 3000), 1.2, dice.uniform(0, 7)).filter(sound);
                Biquad.lowPass(dice.uniform(3500, 8000), 0.7).filter(sound);
            }
            case REED -> {
                Biquad.peak(dice.uniform(500, 900), 2, 8).filter(sound);
                Biquad.peak(dice.uniform(1200, 2400), 1.5, dice.uniform(0, 8)).filter(sound);
                Biquad.lowPass(dice.uniform(2500, 6000), 0.7).filter(sound);
            }
            case FLUTE, WHISTLE -> Biquad.highPass(150, 0.7).filter(sound);
        }
    }
}
