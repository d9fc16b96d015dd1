package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/** Turns a section's chords into notes, broken up in time by the part's figure. */
final class Accompanist {
    private final Part.Chords part;
    private final Timeline timeline;
    private final boolean powerChords;

    private Accompanist(Part.Chords part, Timeline timeline) {
        this.part = part;
        this.timeline = timeline;
        powerChords = part.sound() == Part.ChordSound.DISTORTED_GUITARS
                && Dice.of(part.seed(), "voicing").chance(0.75);
    }

    static void play(Part.Chords part, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        List<Note> notes = write(part, sections, timeline);
        Dice dice = Dice.of(part.seed(), "sound");
        switch (part.sound()) {
            case ELECTRIC_PIANO, PIANO, BELLS, ORGAN -> Keyboard.play(part.sound(), notes, timeline, dice, track);
            case STRINGS, BRASS, SAW_PAD, SYNTH_STABS -> Ensemble.play(part.sound(), notes, timeline, dice, track);
            case PLUCKED_GUITAR -> Guitars.clean(notes, timeline, dice, track);
            case DISTORTED_GUITARS -> Guitars.distorted(notes, timeline, dice, track);
        }
    }

    static List<Note> write(Part.Chords part, List<SongRecipe.Section> sections, Timeline timeline) {
        Accompanist accompanist = new Accompanist(part, timeline);
        List<Note> notes = new ArrayList<>();
        for (SongRecipe.Section section : sections) {
            accompanist.write(section, notes);
        }
        return notes;
    }

    private void write(SongRecipe.Section section, List<Note> notes) {
        Dice dice = Dice.of(part.seed(), "figure " + section.kind());
        int beats = timeline.beats(section);
        for (int beat = 0; beat < beats; beat++) {
            int absolute = timeline.firstBeat(section) + beat;
            writeBeat(absolute, beat, voicing(timeline.chordDegree(section, absolute), dice), dice, notes);
        }
    }

    private List<Integer> voicing(int degree, Dice dice) {
        Harmony harmony = timeline.harmony();
        List<Integer> pitches = new ArrayList<>();
        int root = harmony.chordPitch(degree, 0, part.lowestPitch());
        if (powerChords) {
            return List.of(root, root + 7, root + 12);
        }
        pitches.add(root);
        pitches.add(harmony.chordPitch(degree, 2, part.lowestPitch()));
        pitches.add(harmony.chordPitch(degree, 4, part.lowestPitch()));
        if (dice.chance(0.15)) {
            pitches.add(harmony.chordPitch(degree, 6, part.lowestPitch()));
        }
        pitches.sort(null);
        if (dice.chance(0.6)) {
            pitches.add(pitches.getFirst() + 12);
        }
        return pitches;
    }

    private void writeBeat(int beat, int beatOfSection, List<Integer> pitches, Dice dice, List<Note> notes) {
        int chordBeats = timeline.harmony().beatsPerChord();
        switch (part.figure()) {
            case HELD -> {
                if (beatOfSection % chordBeats == 0) {
                    addChord(notes, beat, chordBeats * 0.98, pitches, 0.01, dice);
                }
            }
            case BLOCKS -> addChord(notes, beat, 0.9, pitches, 0.005, dice);
            case STABS -> addChord(notes, beat + dice.pick(0, 0.5, 0.5), 0.25, pitches, 0, dice);
            case STRUMMED -> {
                addChord(notes, beat, 0.5, pitches, 0.02, dice);
                addChord(notes, beat + 0.5, 0.5, pitches.reversed(), 0.015, dice);
                if (dice.chance(0.3)) {
                    addChord(notes, beat + 0.75, 0.25, pitches, 0.015, dice);
                }
            }
            case ARPEGGIO -> {
                for (int i = 0; i < 4; i++) {
                    int pitch = pitches.get(new int[] {0, 2, 1, 3}[i] % pitches.size());
                    notes.add(new Note(beat + i / 4.0, 0.45, pitch, dice.uniform(0.5, 0.9)));
                }
            }
        }
    }

    private static void addChord(
            List<Note> notes, double beat, double beats, List<Integer> pitches, double spread, Dice dice) {
        double velocity = dice.uniform(0.55, 0.95);
        for (int i = 0; i < pitches.size(); i++) {
            notes.add(new Note(beat + i * spread, beats, pitches.get(i), velocity * dice.uniform(0.85, 1)));
        }
    }
}
