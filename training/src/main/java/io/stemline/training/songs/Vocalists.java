package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/**
 * The lead singer, the same singer again as doubles, harmonies a third or an octave away, and ad-libs in the gaps. Takes are
 * a little late or early and out of tune with each other, as nobody sings a line the same way twice.
 */
final class Vocalists {
    /** One take of one singer. */
    private interface Singing {
        float[] sing(List<Syllable> words, Dice dice);
    }

    private final Part.Vocals part;
    private final Speech speech;
    private final Timeline timeline;
    private final Track track;

    private Vocalists(Part.Vocals part, Speech speech, Timeline timeline, Track track) {
        this.part = part;
        this.speech = speech;
        this.timeline = timeline;
        this.track = track;
    }

    static void perform(
            Part.Vocals part, Speech speech, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        new Vocalists(part, speech, timeline, track).perform(sections);
    }

    private void perform(List<SongRecipe.Section> sections) {
        Part.Voice voice = part.voice();
        List<Note> melody = new MelodyWriter(
                        timeline,
                        part.seed(),
                        voice.lowestPitch(),
                        voice.range(),
                        voice.diction().wordiness())
                .write(sections);
        if (melody.isEmpty()) {
            return;
        }
        Dice wordDice = Dice.of(part.seed(), "words");
        List<Syllable> words = Syllable.underlay(ornamented(melody, wordDice), voice.diction(), wordDice);
        Singing singing = singing(words);
        float[] lead = singing.sing(words, Dice.of(part.seed(), "lead"));
        track.add(lead, lead.length, 0, 1, 0);
        double leadLevel = MixingDesk.rms(lead);
        for (int take = 0; take < part.doubles() + part.harmonies(); take++) {
            Dice dice = Dice.of(part.seed(), "take " + take);
            List<Syllable> sung = take < part.doubles() ? words : harmony(words, dice);
            addTake(singing, dice.chance(0.4) ? inChoruses(sung, sections) : sung, dice, leadLevel);
        }
        if (part.adLibs() > 0) {
            Dice dice = Dice.of(part.seed(), "ad-libs");
            addTake(singing, adLibs(words, dice), dice, leadLevel);
        }
    }

    private Singing singing(List<Syllable> words) {
        return switch (part.timbre()) {
            case Part.Timbre.Synthesised synthesised ->
                (sung, dice) -> Singer.sing(sung, part.voice(), synthesised, timeline, dice);
            case Part.Timbre.Spoken spoken ->
                new SpeechSinger(speech.text(spoken.sha256()), spoken, part.voice(), timeline, words)::sing;
        };
    }

    private void addTake(Singing singing, List<Syllable> sung, Dice dice, double leadLevel) {
        if (sung.isEmpty()) {
            return;
        }
        float[] sound = singing.sing(sung, dice);
        double level = MixingDesk.rms(sound);
        if (level > 0) {
            int late = (int) ((0.008 + 0.014 * dice.normal()) * SongGenerator.SAMPLE_RATE_HZ);
            double gain = Decibel.factor(dice.uniform(-11, -1)) * leadLevel / level;
            track.add(sound, sound.length, late, gain, dice.uniform(-1, 1));
        }
    }

    /** Some held notes become a run of steps in the scale. */
    private List<Note> ornamented(List<Note> melody, Dice dice) {
        List<Note> notes = new ArrayList<>();
        for (Note note : melody) {
            if (note.beats() >= 1 && dice.chance(part.voice().diction().melismas() * 0.5)) {
                addRun(note, notes, dice);
            } else {
                notes.add(note);
            }
        }
        return notes;
    }

    private void addRun(Note note, List<Note> notes, Dice dice) {
        int steps = dice.pick(2, 3, 4);
        double each = note.beats() / 2 / steps;
        double held = note.beats() - each * steps;
        boolean first = dice.chance(0.5);
        int direction = dice.pick(1, -1);
        double beat = note.beat();
        if (first) {
            notes.add(new Note(beat, held, note.pitch(), note.velocity()));
            beat += held;
        }
        for (int i = 0; i < steps; i++) {
            int away = first ? i + 1 : steps - i;
            notes.add(new Note(beat, each, inScale(note.pitch(), direction * away), note.velocity()));
            beat += each;
        }
        if (!first) {
            notes.add(new Note(beat, held, note.pitch(), note.velocity()));
        }
    }

    private List<Syllable> inChoruses(List<Syllable> words, List<SongRecipe.Section> sections) {
        List<Syllable> chosen = new ArrayList<>();
        for (SongRecipe.Section section : sections) {
            if (section.kind() == SongRecipe.Kind.CHORUS) {
                double from = timeline.firstBeat(section);
                double to = from + timeline.beats(section);
                words.stream()
                        .filter(word ->
                                word.note().beat() >= from && word.note().beat() < to)
                        .forEach(chosen::add);
            }
        }
        return chosen;
    }

    /** Answers: the last few syllables of a line again, moved to where it has ended. */
    private List<Syllable> adLibs(List<Syllable> words, Dice dice) {
        List<Syllable> answers = new ArrayList<>();
        double free = 0;
        for (Line line : Line.of(words, part.voice(), timeline, dice)) {
            int count = Math.min(line.syllables().size(), dice.between(1, 4));
            List<Syllable> last = line.syllables()
                    .subList(line.syllables().size() - count, line.syllables().size());
            double start = last.getFirst().note().beat();
            double moved = last.getLast().note().end() + dice.pick(0.0, 0.25, 0.5) - start;
            if (dice.chance(part.adLibs()) && start + moved >= free) {
                int steps = dice.pick(0, 0, 2, 4, 7, -3);
                last.forEach(word -> answers.add(word.withNote(new Note(
                        word.note().beat() + moved,
                        word.note().beats(),
                        inScale(word.note().pitch(), steps),
                        word.note().velocity()))));
                free = answers.getLast().note().end();
            }
        }
        return answers;
    }

    private List<Syllable> harmony(List<Syllable> words, Dice dice) {
        int steps = dice.pick(2, 2, -3, 4, -2, 7, -7);
        return words.stream()
                .map(word -> {
                    Note note = word.note();
                    int pitch = inScale(note.pitch(), steps);
                    return word.withNote(new Note(note.beat(), note.beats(), pitch, note.velocity()));
                })
                .toList();
    }

    /** So many steps of the scale above a pitch. */
    private int inScale(int pitch, int steps) {
        int moved = pitch;
        int direction = Integer.signum(steps);
        for (int left = Math.abs(steps); left > 0; left--) {
            do {
                moved += direction;
            } while (!timeline.harmony().contains(moved));
        }
        return moved;
    }
}
