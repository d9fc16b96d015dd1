package io.stemline.training.songs;

import static java.lang.StrictMath.exp;

import java.util.List;

/** Many slightly different players at once: strings, brass and synthesiser pads, by detuned saws on both sides. */
final class Ensemble {
    private static final int PLAYERS = 4;
    private static final double SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;

    private final Dice dice;
    private final Wavetable waveform;
    private final boolean sweptPerNote;
    private final double attackSeconds;
    private final double releaseSeconds;
    private final double detune;
    private final double cutOffHz;

    private Ensemble(Part.ChordSound sound, Dice dice) {
        this.dice = dice;
        boolean slow = sound == Part.ChordSound.STRINGS || sound == Part.ChordSound.SAW_PAD;
        sweptPerNote = sound == Part.ChordSound.BRASS || sound == Part.ChordSound.SYNTH_STABS;
        waveform = sound == Part.ChordSound.SYNTH_STABS && dice.chance(0.4) ? Wavetable.PULSE : Wavetable.SAW;
        attackSeconds = slow ? dice.uniform(0.06, 0.35) : dice.uniform(0.004, 0.04);
        releaseSeconds = slow ? dice.uniform(0.08, 0.4) : dice.uniform(0.03, 0.08);
        detune = sound == Part.ChordSound.BRASS ? dice.uniform(0.01, 0.06) : dice.uniform(0.03, 0.22);
        cutOffHz = dice.logUniform(900, 7000);
    }

    static void play(Part.ChordSound sound, List<Note> notes, Timeline timeline, Dice dice, Track track) {
        Ensemble ensemble = new Ensemble(sound, dice);
        for (Note note : notes) {
            int start = timeline.frame(note.beat());
            int held = (int) ((note.beats() * timeline.secondsPerBeat() + ensemble.releaseSeconds) * SAMPLE_RATE_HZ);
            int frames = Math.min(held, timeline.lengthFrames() - start);
            if (frames > 64) {
                track.add(ensemble.side(note, frames), frames, start, note.velocity(), -0.7);
                track.add(ensemble.side(note, frames), frames, start, note.velocity(), 0.7);
            }
        }
        if (!ensemble.sweptPerNote) {
            Biquad.lowPass(ensemble.cutOffHz, 0.7).filter(track);
        }
    }

    private float[] side(Note note, int frames) {
        float[] tone = new float[frames];
        for (int player = 0; player < PLAYERS / 2; player++) {
            double hertz = Decibel.hertz(note.pitch() + detune * dice.uniform(-1, 1));
            waveform.add(tone, frames, hertz, dice.uniform(), 0.4f);
        }
        if (sweptPerNote) {
            double sweepFrames = 0.15 * SAMPLE_RATE_HZ;
            double opening = 1.5 * note.velocity();
            SweptFilter.lowPass(tone, frames, frame -> cutOffHz * exp(opening * exp(-frame / sweepFrames) - 0.7), 0.9);
        }
        Envelope.fade(tone, frames, attackSeconds, releaseSeconds);
        return tone;
    }
}
