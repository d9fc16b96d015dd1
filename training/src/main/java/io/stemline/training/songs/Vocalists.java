package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/** The lead singer, the same singer again as doubles, and harmonies a third or an octave away. */
final class Vocalists {
    private Vocalists() {}

    static void perform(Part.Vocals part, List<SongRecipe.Section> sections, Timeline timeline, Track track) {
        Part.Voice voice = part.voice();
        List<Note> melody = new MelodyWriter(
                        timeline, part.seed(), voice.lowestPitch(), voice.range(), voice.wordiness())
                .write(sections);
        if (melody.isEmpty()) {
            return;
        }
        List<Syllable> words = Syllable.underlay(melody, voice, Dice.of(part.seed(), "words"));
        float[] lead = Singer.sing(words, voice, timeline, Dice.of(part.seed(), "lead"));
        track.add(lead, lead.length, 0, 1, 0);
        double leadLevel = MixingDesk.rms(lead);
        for (int take = 0; take < part.doubles() + part.harmonies(); take++) {
            Dice dice = Dice.of(part.seed(), "take " + take);
            List<Syllable> sung = take < part.doubles() ? words : harmony(words, timeline.harmony(), dice);
            List<Syllable> chosen = dice.chance(0.4) ? inChoruses(sung, sections, timeline) : sung;
            addTake(chosen, voice, timeline, dice, leadLevel, track);
        }
    }

    private static void addTake(
            List<Syllable> sung, Part.Voice voice, Timeline timeline, Dice dice, double leadLevel, Track track) {
        if (sung.isEmpty()) {
            return;
        }
        float[] sound = Singer.sing(sung, voice, timeline, dice);
        double level = MixingDesk.rms(sound);
        if (level > 0) {
            int late = (int) (Math.abs(dice.normal()) * 0.012 * SongGenerator.SAMPLE_RATE_HZ);
            double gain = Decibel.factor(dice.uniform(-11, -1)) * leadLevel / level;
            track.add(sound, sound.length, late, gain, dice.uniform(-1, 1));
        }
    }

    private static List<Syllable> inChoruses(
            List<Syllable> words, List<SongRecipe.Section> sections, Timeline timeline) {
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

    private static List<Syllable> harmony(List<Syllable> words, Harmony harmony, Dice dice) {
        int steps = dice.pick(2, 2, -3, 4, -2, 7, -7);
        return words.stream()
                .map(word -> {
                    Note note = word.note();
                    int pitch = inScale(note.pitch(), steps, harmony);
                    return new Syllable(
                            new Note(note.beat(), note.beats(), pitch, note.velocity()),
                            word.onset(),
                            word.vowel(),
                            word.glide(),
                            word.coda());
                })
                .toList();
    }

    /** So many steps of the scale above a pitch. */
    private static int inScale(int pitch, int steps, Harmony harmony) {
        int moved = pitch;
        int direction = Integer.signum(steps);
        for (int left = Math.abs(steps); left > 0; left--) {
            do {
                moved += direction;
            } while (!harmony.contains(moved));
        }
        return moved;
    }
}
