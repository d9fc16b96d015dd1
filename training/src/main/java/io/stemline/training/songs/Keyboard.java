package io.stemline.training.songs;

import java.util.List;

/** Electric piano and bells by frequency modulation, piano by two waveforms that fade at different speeds, organ by drawbars. */
final class Keyboard {
    private final Part.ChordSound sound;
    private final Dice dice;
    private final Wavetable bright;
    private final Wavetable dull;
    private final double ratio;
    private final double index;
    private final double ringSeconds;
    private final double rotationHz;
    private final double spread;

    private Keyboard(Part.ChordSound sound, Dice dice) {
        this.sound = sound;
        this.dice = dice;
        ratio = sound == Part.ChordSound.BELLS ? dice.pick(3.5, 1.41, 2.76, 5.4, 4) : dice.pick(1, 14, 1, 2);
        index = sound == Part.ChordSound.BELLS ? dice.uniform(0.8, 3) : dice.uniform(0.3, ratio > 10 ? 0.6 : 1.8);
        ringSeconds = dice.uniform(1.5, 6);
        rotationHz = dice.pick(0, 0.8, 6.2) * dice.uniform(0.9, 1.1);
        spread = dice.uniform(0, 0.5);
        double tilt = dice.uniform(0.6, 1.2);
        bright = sound == Part.ChordSound.ORGAN
                ? drawbars(dice)
                : Wavetable.ofSines(40, h -> 0.5 / StrictMath.pow(h, tilt));
        dull = Wavetable.ofSines(8, h -> 0.7 / (h * h));
    }

    private static Wavetable drawbars(Dice dice) {
        int[] harmonics = {1, 2, 3, 4, 6, 8, 10, 12, 16};
        double[] amplitudes = new double[17];
        for (int harmonic : harmonics) {
            amplitudes[harmonic] = dice.chance(harmonic < 4 ? 0.9 : 0.45) ? dice.uniform(0.1, 1) / 3 : 0;
        }
        return Wavetable.ofSines(16, h -> amplitudes[h]);
    }

    static void play(Part.ChordSound sound, List<Note> notes, Timeline timeline, Dice dice, Track track) {
        Keyboard keyboard = new Keyboard(sound, dice);
        for (Note note : notes) {
            int start = timeline.frame(note.beat());
            int held = (int) ((note.beats() * timeline.secondsPerBeat() + keyboard.tailSeconds())
                    * SongGenerator.SAMPLE_RATE_HZ);
            int frames = Math.min(held, timeline.lengthFrames() - start);
            if (frames > 64) {
                double pan = keyboard.spread * (note.pitch() - 64) / 24.0;
                track.add(keyboard.tone(note, frames), frames, start, note.velocity(), pan);
            }
        }
        if (sound == Part.ChordSound.ORGAN && keyboard.rotationHz > 0) {
            rotate(track, keyboard.rotationHz);
        }
    }

    private double tailSeconds() {
        return sound == Part.ChordSound.BELLS ? 0.8 : 0.1;
    }

    private float[] tone(Note note, int frames) {
        float[] tone = new float[frames];
        double hertz = Decibel.hertz(note.pitch() + dice.normal() * 0.02);
        switch (sound) {
            case ELECTRIC_PIANO, BELLS -> {
                FrequencyModulation.add(tone, frames, hertz, ratio, index * note.velocity(), ringSeconds / 2, 0.7);
                Envelope.decay(tone, frames, ringSeconds, 0);
                Envelope.fade(tone, frames, 0.002, 0.08);
            }
            case ORGAN -> {
                bright.add(tone, frames, hertz, dice.uniform(), 0.5f);
                Envelope.fade(tone, frames, 0.006, 0.02);
            }
            default -> {
                double ring = ringSeconds * 1.5 * Math.clamp(440 / hertz, 0.3, 2);
                double brightGain = 0.5 * note.velocity();
                bright.addDecaying(tone, frames, hertz, dice.uniform(), brightGain, ring * 0.35);
                dull.addDecaying(tone, frames, hertz * 1.0007, dice.uniform(), 0.5, ring);
                dull.addDecaying(tone, frames, hertz * 0.9994, dice.uniform(), 0.4, ring * 1.4);
                Envelope.fade(tone, frames, 0.003, 0.08);
            }
        }
        return tone;
    }

    /** The rotating loudspeaker of an organ: left and right swell in turn. */
    private static void rotate(Track track, double rotationHz) {
        float[] cycle = Wavetable.SINE.cycleFor(rotationHz);
        int step = Wavetable.step(rotationHz);
        int phase = 0;
        for (int i = 0; i < track.lengthFrames(); i++) {
            float swing = 0.3f * Wavetable.at(cycle, phase);
            track.left[i] *= 1 + swing;
            track.right[i] *= 1 - swing;
            phase += step;
        }
    }
}
