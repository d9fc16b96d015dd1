package io.stemline.training.songs;

/** Tones of two sines, one of which bends the other's phase (Chowning 1973): electric pianos, bells, synth basses. */
final class FrequencyModulation {
    private FrequencyModulation() {}

    /**
     * Adds a tone.
     *
     * @param ratio frequency of the modulator against the carrier's
     * @param index depth of the modulation at the start, in radians
     * @param brightSeconds in which the modulation fades by 60 dB
     */
    static void add(
            float[] out, int frames, double hertz, double ratio, double index, double brightSeconds, double gain) {
        float[] sine = Wavetable.SINE.cycleFor(hertz);
        int carrierStep = Wavetable.step(hertz);
        int modulatorStep = Wavetable.step(hertz * ratio);
        float depth = (float) (index / (2 * Math.PI) * 0x1.0p31);
        float keep = (float) Envelope.keepPerFrame(brightSeconds);
        int carrier = 0;
        int modulator = 0;
        for (int i = 0; i < frames; i++) {
            int bend = (int) (depth * Wavetable.at(sine, modulator)) << 1;
            out[i] += (float) gain * Wavetable.at(sine, carrier + bend);
            carrier += carrierStep;
            modulator += modulatorStep;
            depth *= keep;
        }
    }
}
