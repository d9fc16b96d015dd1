package io.stemline.training.soundfont;

import java.util.List;

/** Plays the notes of one instrument, each by itself; the same call gives the same samples. */
public final class Sampler {
    private final SoundFont font;
    private final Preset preset;
    private final double longestReleaseSeconds;

    /** @param longestReleaseSeconds in which a note has died away after its key was let go, whatever the font says */
    public Sampler(SoundFont font, Preset preset, double longestReleaseSeconds) {
        this.font = font;
        this.preset = preset;
        this.longestReleaseSeconds = longestReleaseSeconds;
    }

    /** How the pitch of a note moves. */
    public interface Bend {
        /** A note that keeps its pitch. */
        Bend NONE = seconds -> 0;

        /** Cents above the note's pitch, at a time after its start. */
        double cents(double seconds);
    }

    /** Whether the instrument has a sound for the key. */
    public boolean sounds(int key) {
        return preset.sounds(key, 100);
    }

    /**
     * One note at 44.1 kHz, {@code [2][frames]}, with as many frames as it sounds but no more than given.
     *
     * @param key MIDI key
     * @param tuneCents how far the whole instrument is out of tune
     * @param velocity 1 to 127
     * @param heldFrames after which the key is let go
     */
    public float[][] play(int key, double tuneCents, int velocity, int heldFrames, int mostFrames, Bend bend) {
        List<Voice> voices = preset.regions().stream()
                .filter(region -> region.covers(key, velocity))
                .map(region -> new Voice(font, region, key, tuneCents, velocity, heldFrames, longestReleaseSeconds))
                .toList();
        int frames = Math.min(
                mostFrames, voices.stream().mapToInt(Voice::longestFrames).max().orElse(0));
        float[][] sound = new float[2][frames];
        for (Voice voice : voices) {
            voice.add(bend, sound[0], sound[1]);
        }
        return sound;
    }
}
