package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/** Writes the bass line of a section and plays it. */
final class BassPlayer {
    private static final int LOWEST_PITCH = 28;

    private final Part.Bass part;
    private final Timeline timeline;

    BassPlayer(Part.Bass part, Timeline timeline) {
        this.part = part;
        this.timeline = timeline;
    }

    static void play(Part.Bass part, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        BassPlayer player = new BassPlayer(part, timeline);
        BassSynth synth = new BassSynth(part.sound(), Dice.of(part.seed(), "sound"));
        for (Note note : player.lines(sections)) {
            int start = timeline.frame(note.beat());
            int frames = Math.min((int) (note.beats() * timeline.framesPerBeat()), timeline.lengthFrames() - start);
            if (frames > 64) {
                track.add(synth.tone(note, frames), frames, start, note.velocity(), 0);
            }
        }
    }

    List<Note> lines(List<SongRecipe.Section> sections) {
        return sections.stream().flatMap(section -> line(section).stream()).toList();
    }

    private List<Note> line(SongRecipe.Section section) {
        Dice dice = Dice.of(part.seed(), "line " + section.kind());
        List<Note> notes = new ArrayList<>();
        int beats = timeline.beats(section);
        for (int beat = 0; beat < beats; beat++) {
            writeBeat(section, timeline.firstBeat(section) + beat, beat, dice, notes);
        }
        return notes;
    }

    private void writeBeat(SongRecipe.Section section, int beat, int beatOfSection, Dice dice, List<Note> notes) {
        int root = timeline.harmony().chordPitch(timeline.chordDegree(section, beat), 0, LOWEST_PITCH);
        double velocity = dice.uniform(0.75, 1);
        switch (part.line()) {
            case EIGHTHS -> {
                for (int half = 0; half < 2; half++) {
                    int pitch = dice.chance(0.9) ? root : root + dice.pick(7, 12, -5);
                    notes.add(new Note(beat + half / 2.0, 0.46, pitch, velocity));
                }
            }
            case QUARTERS ->
                notes.add(new Note(beat, 0.92, dice.chance(0.8) ? root : root + dice.pick(7, 12, -5), velocity));
            case HELD -> {
                int chordBeats = timeline.harmony().beatsPerChord();
                if (beatOfSection % chordBeats == 0) {
                    notes.add(new Note(beat, chordBeats * 0.96, root, velocity));
                }
            }
            case SYNCOPATED -> {
                for (int sixteenth = 0; sixteenth < 4; sixteenth++) {
                    if (dice.chance(0.45)) {
                        int pitch = root + dice.pick(0, 0, 0, 12, 7);
                        notes.add(new Note(beat + sixteenth / 4.0, dice.pick(0.2, 0.4), pitch, velocity));
                    }
                }
            }
            case OCTAVES -> {
                notes.add(new Note(beat, 0.46, root, velocity));
                notes.add(new Note(beat + 0.5, 0.4, root + 12, velocity * 0.9));
            }
            case WITH_THE_KICK -> {
                if (beatOfSection % 2 == 0) {
                    notes.add(new Note(beat, 1.4, root, velocity));
                } else {
                    notes.add(new Note(beat + 0.5, 0.45, dice.chance(0.8) ? root : root + 12, velocity));
                }
            }
            case WALKING -> {
                int step = beatOfSection % 4;
                int degree = timeline.chordDegree(section, beat);
                int above = step == 0 ? 0 : dice.pick(1, 2, 4, 5);
                notes.add(new Note(beat, 0.95, timeline.harmony().chordPitch(degree, above, LOWEST_PITCH), velocity));
            }
        }
    }
}
