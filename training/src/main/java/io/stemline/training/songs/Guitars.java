package io.stemline.training.songs;

import java.util.List;

/** Guitars: acoustic or clean ones, and distorted ones that are recorded twice, once for each side. */
final class Guitars {
    private static final double SAMPLE_RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;

    private Guitars() {}

    static void clean(List<Note> notes, Timeline timeline, Dice dice, Track track) {
        float[] dry = strings(notes, timeline, dice, dice.uniform(0.25, 0.9), dice.uniform(0.05, 0.45), 0);
        for (int resonance = 0; resonance < 3; resonance++) {
            Biquad.peak(dice.logUniform(90, 900), 2, dice.uniform(0, 6)).filter(dry);
        }
        track.add(dry, dry.length, 0, 1, 0);
        if (dice.chance(0.4)) {
            float[] second = strings(notes, timeline, dice, dice.uniform(0.25, 0.9), dice.uniform(0.05, 0.45), 0.01);
            track.add(second, second.length, 0, 0.8, dice.uniform(0.3, 0.9));
            track.balance(-0.3);
        }
    }

    static void distorted(List<Note> notes, Timeline timeline, Dice dice, Track track) {
        double driveDb = dice.uniform(8, 36);
        double width = dice.uniform(0.5, 1);
        boolean twice = dice.chance(0.65);
        for (int take = 0; take < (twice ? 2 : 1); take++) {
            float[] guitar = strings(notes, timeline, dice, 0.8, 0.12, 0.006 + 0.006 * take);
            amplify(guitar, driveDb, dice);
            track.add(guitar, guitar.length, 0, 1, twice ? width * (2 * take - 1) : dice.uniform(-0.6, 0.6));
        }
    }

    /** A valve amplifier and its loudspeaker. */
    static void amplify(float[] guitar, double driveDb, Dice dice) {
        Biquad.highPass(dice.uniform(70, 160), 0.7).filter(guitar);
        Saturator.asymmetric(guitar, guitar.length, (float) Decibel.factor(driveDb), 0.2f);
        Biquad.highPass(60, 0.7).filter(guitar);
        Biquad.peak(dice.uniform(1500, 3500), 1, dice.uniform(-2, 7)).filter(guitar);
        double loudspeakerHz = dice.uniform(3200, 6500);
        Biquad.lowPass(loudspeakerHz, 0.9).filter(guitar);
        Biquad.lowPass(loudspeakerHz, 0.6).filter(guitar);
    }

    private static float[] strings(
            List<Note> notes,
            Timeline timeline,
            Dice dice,
            double brightness,
            double damping,
            double loosenessSeconds) {
        float[] dry = new float[timeline.lengthFrames()];
        double ringSeconds = dice.uniform(1.5, 5);
        for (Note note : notes) {
            int late = (int) (Math.abs(dice.normal()) * loosenessSeconds * SAMPLE_RATE_HZ);
            int start = timeline.frame(note.beat()) + late;
            int held = (int) ((note.beats() * timeline.secondsPerBeat() + 0.15) * SAMPLE_RATE_HZ);
            int frames = Math.min(held, dry.length - start);
            if (frames > 64) {
                double hertz = Decibel.hertz(note.pitch() + dice.normal() * 0.03);
                double hardness = brightness * (0.6 + 0.4 * note.velocity());
                float[] tone = PluckedString.pluck(dice, frames, hertz, hardness, ringSeconds, damping);
                Envelope.fade(tone, frames, 0, 0.03);
                for (int i = 0; i < frames; i++) {
                    dry[start + i] += (float) note.velocity() * tone[i];
                }
            }
        }
        return dry;
    }
}
