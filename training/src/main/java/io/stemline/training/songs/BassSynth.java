package io.stemline.training.songs;

import static java.lang.StrictMath.exp;

/** Bass sounds: strings plucked with finger or plectrum, and synthesisers. */
final class BassSynth {
    private static final double SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;

    private final Part.BassSound sound;
    private final Dice dice;
    private final double cutOffHz;
    private final double sweepOctaves;
    private final double sweepSeconds;
    private final double resonance;
    private final double decaySeconds;
    private final double ratio;
    private final double index;
    private final double drive;

    BassSynth(Part.BassSound sound, Dice dice) {
        this.sound = sound;
        this.dice = dice;
        cutOffHz = dice.logUniform(180, 2200);
        sweepOctaves = dice.uniform(0, 3);
        sweepSeconds = dice.uniform(0.05, 0.4);
        resonance = dice.uniform(0.6, 2.5);
        decaySeconds = dice.uniform(0.8, 6);
        ratio = dice.pick(1, 2, 0.5, 3);
        index = dice.uniform(0.3, 3);
        drive = dice.chance(0.4) ? dice.uniform(1, 5) : 0;
    }

    float[] tone(Note note, int frames) {
        double hertz = Decibel.hertz(note.pitch());
        float[] tone = switch (sound) {
            case PLUCKED -> string(note, frames, hertz, 0.25 + 0.2 * note.velocity(), 0.45, 350 + 0.4 * cutOffHz);
            case PICKED -> string(note, frames, hertz, 0.75, 0.2, 600 + 0.7 * cutOffHz);
            case SAW -> swept(Wavetable.SAW, frames, hertz);
            case SQUARE -> swept(Wavetable.SQUARE, frames, hertz);
            case TRIANGLE -> swept(Wavetable.TRIANGLE, frames, hertz);
            case FM -> frequencyModulated(frames, hertz);
            case SUB -> sub(frames, hertz);
        };
        if (drive > 0) {
            Saturator.asymmetric(tone, frames, (float) drive, 0.1f);
        }
        Envelope.fade(tone, frames, 0.003, 0.015);
        return tone;
    }

    /** A string in front of a pick-up, whose tone is turned down as basses have it. */
    private float[] string(Note note, int frames, double hertz, double brightness, double damping, double toneHz) {
        float[] tone = PluckedString.pluck(dice, frames, hertz, brightness, decaySeconds + 1, damping);
        Biquad.lowPass(toneHz * (0.6 + 0.6 * note.velocity()), 0.7).filter(tone);
        return tone;
    }

    private float[] swept(Wavetable waveform, int frames, double hertz) {
        float[] tone = new float[frames];
        waveform.add(tone, frames, hertz, 0.25, 0.7f);
        double sweepFrames = sweepSeconds * SAMPLE_RATE_HZ;
        SweptFilter.lowPass(
                tone,
                frames,
                frame -> (cutOffHz + hertz) * exp(0.693 * sweepOctaves * exp(-frame / sweepFrames)),
                resonance);
        Envelope.decay(tone, frames, decaySeconds, 0.3);
        return tone;
    }

    private float[] frequencyModulated(int frames, double hertz) {
        float[] tone = new float[frames];
        FrequencyModulation.add(tone, frames, hertz, ratio, index, sweepSeconds * 4, 0.8);
        Envelope.decay(tone, frames, decaySeconds, 0.2);
        return tone;
    }

    private float[] sub(int frames, double hertz) {
        float[] tone = new float[frames];
        Wavetable.SINE.add(tone, frames, hertz, 0, 0.8f);
        Wavetable.TRIANGLE.add(tone, frames, hertz, 0, 0.2f);
        Saturator.tanh(tone, frames, 1.3f);
        Envelope.decay(tone, frames, decaySeconds * 2, 0.2);
        return tone;
    }
}
