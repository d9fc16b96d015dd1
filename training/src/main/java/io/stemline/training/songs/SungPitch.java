package io.stemline.training.songs;

import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.sin;

import java.util.Arrays;
import java.util.List;

/**
 * How the pitch of a voice moves, every {@link PitchCurve#HOP} frames: it swings to each note as a mass on a spring does, so
 * that it may overshoot; it slides into some notes from below and falls off others; vibrato sets in on held notes and moves
 * the loudness too; it wanders, and lines may begin with slow creaks.
 */
final class SungPitch {
    private static final double HOPS_PER_SECOND = (double) SongGenerator.SAMPLE_RATE_HZ / PitchCurve.HOP;

    /** MIDI pitch. */
    final float[] midi;

    /** Factors for the loudness. */
    final float[] tremolo;

    /** Where the voice creaks. */
    final boolean[] fry;

    private final Part.Pitching habits;
    private final Timeline timeline;
    private final Dice dice;

    private SungPitch(Part.Pitching habits, Timeline timeline, Dice dice) {
        int hops = timeline.lengthFrames() / PitchCurve.HOP + 2;
        midi = new float[hops];
        tremolo = new float[hops];
        fry = new boolean[hops];
        Arrays.fill(tremolo, 1);
        this.habits = habits;
        this.timeline = timeline;
        this.dice = dice;
    }

    static SungPitch of(List<Line> lines, Part.Pitching habits, Timeline timeline, Dice dice) {
        SungPitch pitch = new SungPitch(habits, timeline, dice);
        int from = 0;
        for (int i = 0; i < lines.size(); i++) {
            int to = i + 1 < lines.size()
                    ? pitch.hop(lines.get(i + 1).first().note().beat()) - hops(0.2)
                    : pitch.midi.length;
            pitch.sing(lines.get(i), from, Math.clamp(to, from, pitch.midi.length));
            from = Math.max(from, to);
        }
        return pitch;
    }

    private int hop(double beat) {
        return Math.min(midi.length, PitchCurve.hop(timeline, beat));
    }

    private static int hops(double seconds) {
        return Math.max(1, (int) (seconds * HOPS_PER_SECOND));
    }

    private void sing(Line line, int from, int to) {
        float[] written = new float[to - from];
        float[] target = new float[to - from];
        writeNotes(line, from, written, target);
        swing(target);
        for (Syllable syllable : line.syllables()) {
            int start = Math.clamp(hop(syllable.note().beat()) - from, 0, target.length);
            int end = Math.clamp(hop(syllable.note().end()) - from, start, target.length);
            addSlides(target, start, end);
            addVibrato(target, start, end, from, line.delivery());
        }
        addWander(target, exp(-1 / (0.35 * HOPS_PER_SECOND)), habits.driftSemitones());
        addWander(target, exp(-1 / (0.012 * HOPS_PER_SECOND)), 0.03 + 0.1 * habits.driftSemitones());
        for (int i = 0; i < target.length; i++) {
            double deviation = (target[i] - written[i]) * (1 - habits.correction());
            midi[from + i] = (float) (written[i] + deviation);
        }
        if (line.fry()) {
            creak(line.first().note());
        }
    }

    private void writeNotes(Line line, int from, float[] written, float[] target) {
        double scatter = switch (line.delivery()) {
            case SUNG -> habits.mistuningSemitones();
            case SHOUTED -> habits.mistuningSemitones() + 0.4;
            case RAPPED, WHISPERED -> habits.mistuningSemitones() + 1.8;
        };
        int start = 0;
        for (int i = 0; i < line.syllables().size(); i++) {
            int end = i + 1 < line.syllables().size()
                    ? hop(line.syllables().get(i + 1).note().beat()) - from
                    : written.length;
            int pitch = line.syllables().get(i).note().pitch();
            double sung = pitch + scatter * dice.normal();
            for (int hop = start; hop < Math.min(end, written.length); hop++) {
                written[hop] = pitch;
                target[hop] = (float) sung;
            }
            start = Math.clamp(end, start, written.length);
        }
    }

    /** A driven spring with damping; it starts a little before the note, as singers do. */
    private void swing(float[] target) {
        double seconds = Math.max(0.006, habits.glideSeconds());
        double stiffness = 3.2 / (seconds * HOPS_PER_SECOND);
        int ahead = (int) (0.5 * seconds * HOPS_PER_SECOND);
        double place = target.length == 0 ? 0 : target[0];
        double speed = 0;
        for (int i = 0; i < target.length; i++) {
            double goal = target[Math.min(target.length - 1, i + ahead)];
            speed += stiffness * (stiffness * (goal - place) - 2 * habits.damping() * speed);
            place += speed;
            target[i] = (float) place;
        }
    }

    private void addSlides(float[] pitch, int start, int end) {
        if (dice.chance(habits.scoops())) {
            double keep = exp(-1 / (dice.uniform(0.02, 0.1) * HOPS_PER_SECOND));
            double below = dice.uniform(0.3, 3);
            for (int i = start; i < end && below > 0.005; i++) {
                pitch[i] -= (float) below;
                below *= keep;
            }
        }
        if (dice.chance(habits.falls())) {
            double fall = dice.uniform(1, 6);
            int length = Math.min(end - start, hops(dice.uniform(0.08, 0.25)));
            for (int i = 0; i < length; i++) {
                pitch[end - length + i] -= (float) (fall * i * i / ((double) length * length));
            }
        }
    }

    private void addVibrato(float[] pitch, int start, int end, int from, Part.Delivery delivery) {
        if (delivery != Part.Delivery.SUNG) {
            return;
        }
        double depth = habits.vibratoSemitones() * dice.uniform(0.3, 1.3);
        double speed = habits.vibratoHz() * dice.uniform(0.94, 1.06);
        double delay = habits.vibratoDelaySeconds() * dice.uniform(0.7, 1.4);
        double lag = dice.uniform(-1, 1);
        double level = Decibel.factor(habits.tremoloDb()) - 1;
        double angle = dice.uniform(0, 2 * Math.PI);
        for (int i = start + hops(delay); i < end; i++) {
            double seconds = (i - start) / HOPS_PER_SECOND - delay;
            double share = Math.clamp(seconds / 0.35, 0, 1) * Math.min(1, (end - i) / 30.0);
            angle += 2 * Math.PI * speed * (1 + 0.04 * dice.noise()) / HOPS_PER_SECOND;
            pitch[i] += (float) (depth * share * sin(angle));
            tremolo[from + i] = (float) (1 + level * share * sin(angle + lag));
        }
    }

    private void addWander(float[] pitch, double keep, double semitones) {
        double scale = semitones * Math.sqrt(1 - keep * keep);
        double state = 0;
        for (int i = 0; i < pitch.length; i++) {
            state = keep * state + scale * 1.7 * dice.noise();
            pitch[i] += (float) state;
        }
    }

    private void creak(Note first) {
        int start = hop(first.beat());
        int longest = (hop(first.end()) - start) / 3;
        int length = Math.min(longest, hops(dice.uniform(0.04, 0.16)));
        double pitch = dice.uniform(25, 37);
        for (int i = start; i < start + length; i++) {
            midi[i] = (float) (pitch + 2 * dice.noise());
            fry[i] = true;
        }
    }
}
