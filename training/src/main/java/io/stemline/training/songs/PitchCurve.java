package io.stemline.training.songs;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.sin;

import java.util.List;

/**
 * How the pitch of a voice or a solo instrument moves: it glides from note to note, slides into some from below, falls off
 * at the end of others, sets in with vibrato after a while, and never stands quite still.
 */
final class PitchCurve {
    /** Frames between two values of a curve. */
    static final int HOP = 64;

    private static final double HOPS_PER_SECOND = (double) SongGenerator.SAMPLE_RATE_HZ / HOP;

    /** What a player does to the pitch; the meaning of each as in {@link Part.Voice}. */
    record Habits(
            double vibratoHz,
            double vibratoSemitones,
            double vibratoDelaySeconds,
            double glideSeconds,
            double scoops,
            double driftSemitones,
            double jitterSemitones) {}

    private PitchCurve() {}

    /** MIDI pitch every {@value #HOP} frames. */
    static float[] of(List<Note> notes, Timeline timeline, Habits habits, Dice dice) {
        int hops = timeline.lengthFrames() / HOP + 2;
        float[] pitch = glide(steps(notes, timeline, hops), habits.glideSeconds());
        addVibrato(pitch, notes, timeline, habits, dice);
        addSlides(pitch, notes, timeline, habits, dice);
        addWander(pitch, 0.98, habits.driftSemitones(), dice);
        addWander(pitch, 0.7, habits.jitterSemitones(), dice);
        return pitch;
    }

    static int hop(Timeline timeline, double beat) {
        return timeline.frame(beat) / HOP;
    }

    private static float[] steps(List<Note> notes, Timeline timeline, int hops) {
        float[] pitch = new float[hops];
        int from = 0;
        for (int i = 0; i < notes.size(); i++) {
            int to = i + 1 < notes.size()
                    ? Math.min(hops, hop(timeline, notes.get(i + 1).beat()))
                    : hops;
            for (int hop = from; hop < to; hop++) {
                pitch[hop] = notes.get(i).pitch();
            }
            from = Math.max(from, to);
        }
        return pitch;
    }

    /** A low-pass forwards and backwards, so that the glide begins before the note and ends in it. */
    private static float[] glide(float[] pitch, double seconds) {
        double keep = exp(-1 / (0.5 * seconds * HOPS_PER_SECOND));
        double state = pitch[0];
        for (int i = 0; i < pitch.length; i++) {
            state = keep * state + (1 - keep) * pitch[i];
            pitch[i] = (float) state;
        }
        for (int i = pitch.length - 1; i >= 0; i--) {
            state = keep * state + (1 - keep) * pitch[i];
            pitch[i] = (float) state;
        }
        return pitch;
    }

    private static void addVibrato(float[] pitch, List<Note> notes, Timeline timeline, Habits habits, Dice dice) {
        double phase = 0;
        for (Note note : notes) {
            double depth = habits.vibratoSemitones() * dice.uniform(0.4, 1.2);
            double speed = habits.vibratoHz() * dice.uniform(0.93, 1.07);
            int start = hop(timeline, note.beat());
            int end = Math.min(pitch.length, hop(timeline, note.end()));
            for (int i = start; i < end; i++) {
                double seconds = (i - start) / HOPS_PER_SECOND;
                double onset = Math.clamp((seconds - habits.vibratoDelaySeconds()) / 0.25, 0, 1);
                phase += 2 * Math.PI * speed / HOPS_PER_SECOND;
                if (onset > 0) {
                    pitch[i] += (float) (depth * onset * sin(phase));
                }
            }
        }
    }

    private static void addSlides(float[] pitch, List<Note> notes, Timeline timeline, Habits habits, Dice dice) {
        for (Note note : notes) {
            int start = hop(timeline, note.beat());
            int end = Math.min(pitch.length, hop(timeline, note.end()));
            if (dice.chance(habits.scoops())) {
                double keep = exp(-1 / (dice.uniform(0.03, 0.09) * HOPS_PER_SECOND));
                double below = dice.uniform(0.3, 2.5);
                for (int i = start; i < end && below > 0.005; i++) {
                    pitch[i] -= (float) below;
                    below *= keep;
                }
            }
            if (dice.chance(habits.scoops() * 0.25)) {
                double fall = dice.uniform(1, 5);
                int length = Math.min(end - start, (int) (0.15 * HOPS_PER_SECOND));
                for (int i = 0; i < length; i++) {
                    pitch[end - length + i] -= (float) (fall * i / length);
                }
            }
        }
    }

    private static void addWander(float[] pitch, double keep, double semitones, Dice dice) {
        double scale = semitones * Math.sqrt(1 - keep * keep);
        double state = 0;
        for (int i = 0; i < pitch.length; i++) {
            state = keep * state + scale * 1.7 * dice.noise();
            pitch[i] += (float) state;
        }
    }

    /** What the phase of a {@link Wavetable} advances by a frame, every {@value #HOP} frames. */
    static int[] steps(float[] pitch) {
        int[] steps = new int[pitch.length];
        for (int i = 0; i < pitch.length; i++) {
            steps[i] = Wavetable.step(Decibel.hertz(pitch[i]));
        }
        return steps;
    }
}
