package io.stemline.training.songs;

import java.util.List;

/**
 * The key of a song and its chords.
 *
 * @param tonic pitch class of the key note, 0 = C
 * @param scale semitones of the seven degrees above the key note
 * @param progressions loops of chords, each given by the degree (0 to 6) on which it stands
 * @param beatsPerChord how long each chord of a loop lasts
 */
public record Harmony(int tonic, List<Integer> scale, List<List<Integer>> progressions, int beatsPerChord) {
    public Harmony {
        scale = List.copyOf(scale);
        progressions = progressions.stream().map(List::copyOf).toList();
    }

    /** The pitch of a degree of the scale, counted through the octaves from the lowest key note of the MIDI range. */
    int pitch(int degree) {
        return tonic + scale.get(Math.floorMod(degree, 7)) + 12 * Math.floorDiv(degree, 7);
    }

    boolean contains(int pitch) {
        return scale.contains(Math.floorMod(pitch - tonic, 12));
    }

    /** The note so many steps of the scale above the chord's root, in the octave that starts at the lowest pitch. */
    int chordPitch(int chordDegree, int stepsAboveRoot, int lowest) {
        return lowest + Math.floorMod(pitch(chordDegree + stepsAboveRoot) - lowest, 12);
    }
}
