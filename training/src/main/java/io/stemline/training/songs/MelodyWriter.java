package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes melodies: steps and small leaps in the scale, long notes drawn to the chord, phrases with rests between them.
 * Sections of the same kind get the same melody, as in songs that people write.
 */
final class MelodyWriter {
    private final Timeline timeline;
    private final long seed;
    private final List<Integer> pitches;
    private final double wordiness;

    MelodyWriter(Timeline timeline, long seed, int lowestPitch, int range, double wordiness) {
        this.timeline = timeline;
        this.seed = seed;
        this.wordiness = wordiness;
        List<Integer> inScale = new ArrayList<>();
        for (int pitch = lowestPitch; pitch <= lowestPitch + range; pitch++) {
            if (timeline.harmony().contains(pitch)) {
                inScale.add(pitch);
            }
        }
        pitches = List.copyOf(inScale);
    }

    List<Note> write(List<SongRecipe.Section> sections) {
        List<Note> melody = new ArrayList<>();
        for (SongRecipe.Section section : sections) {
            write(section, melody);
        }
        return melody;
    }

    private void write(SongRecipe.Section section, List<Note> melody) {
        Dice dice = Dice.of(seed, "melody " + section.kind());
        double start = timeline.firstBeat(section);
        double beats = timeline.beats(section);
        double beat = dice.pick(0, 0, 0, 0.5, 1);
        double phraseLeft = dice.uniform(3, 9);
        int place = dice.below(pitches.size());
        while (beat < beats - 0.3) {
            if (phraseLeft <= 0) {
                beat += dice.pick(0.5, 1, 1, 2, 3);
                phraseLeft = dice.uniform(3, 9);
                continue;
            }
            double length = noteLength(dice);
            place = Math.clamp(place + dice.pick(0, 0, 1, -1, 1, -1, 2, -2, 3, -3, 4, -4), 0, pitches.size() - 1);
            if (length >= 1 && dice.chance(0.6)) {
                place = nearestChordTone(section, start + beat, place);
            }
            double held = Math.min(length, beats - beat);
            melody.add(new Note(start + beat, held, pitches.get(place), dice.uniform(0.6, 1)));
            beat += length;
            phraseLeft -= length;
        }
    }

    private double noteLength(Dice dice) {
        if (wordiness < 0.15) {
            return dice.pick(0.5, 1, 1, 2, 2, 3, 4);
        }
        return dice.chance(wordiness)
                ? dice.pick(0.25, 0.25, 0.25, 0.5, 0.5, 0.75)
                : dice.pick(0.5, 0.5, 0.5, 1, 1, 1, 1.5, 2, 3);
    }

    private int nearestChordTone(SongRecipe.Section section, double beat, int place) {
        int degree = timeline.chordDegree(section, beat);
        for (int distance = 0; distance < 3; distance++) {
            for (int candidate : new int[] {place - distance, place + distance}) {
                if (candidate >= 0 && candidate < pitches.size() && isChordTone(pitches.get(candidate), degree)) {
                    return candidate;
                }
            }
        }
        return place;
    }

    private boolean isChordTone(int pitch, int degree) {
        Harmony harmony = timeline.harmony();
        for (int step = 0; step <= 4; step += 2) {
            if (Math.floorMod(pitch - harmony.pitch(degree + step), 12) == 0) {
                return true;
            }
        }
        return false;
    }
}
