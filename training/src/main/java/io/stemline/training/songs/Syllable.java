package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.List;

/**
 * What is sung on one note.
 *
 * @param note where and how high
 * @param tied whether the vowel of the note before goes on, so that nothing begins here but a pitch
 * @param onset how it begins
 * @param vowel formant frequencies in hertz, before they are scaled to the singer
 * @param glide the vowel it moves to, the same one if it does not
 * @param coda how it ends
 */
record Syllable(Note note, boolean tied, Consonant onset, double[] vowel, double[] glide, Consonant coda) {

    /** Typical formants of vowels, nearly those of the men in Hillenbrand et al. 1995: a, e, i, o, u, ae, uh, er, I, eh, aw, U. */
    static final List<double[]> VOWELS = List.of(
            vowel(770, 1250, 2550),
            vowel(470, 2050, 2690),
            vowel(300, 2320, 3000),
            vowel(490, 880, 2460),
            vowel(340, 900, 2340),
            vowel(660, 1750, 2500),
            vowel(620, 1200, 2550),
            vowel(475, 1350, 1750),
            vowel(420, 2000, 2650),
            vowel(570, 1800, 2600),
            vowel(650, 980, 2540),
            vowel(450, 1100, 2430));

    /** The second vowel of diphthongs. */
    private static final List<double[]> GLIDES =
            List.of(VOWELS.get(2), VOWELS.get(4), VOWELS.get(8), VOWELS.get(11), VOWELS.get(7), VOWELS.get(6));

    private static final List<Consonant> ONSETS = Consonant.byFrequency(false);
    private static final List<Consonant> CODAS = Consonant.byFrequency(true);

    private static double[] vowel(double first, double second, double third) {
        return new double[] {first, second, third, 3500, 4500, 5500};
    }

    Syllable withNote(Note other) {
        return new Syllable(other, tied, onset, vowel, glide, coda);
    }

    /** Words without a language for a melody. */
    static List<Syllable> underlay(List<Note> melody, Part.Diction diction, Dice dice) {
        boolean oneVowel = dice.chance(0.1);
        double[] only = dice.pick(VOWELS);
        List<Syllable> words = new ArrayList<>();
        for (Note note : melody) {
            boolean adjacent =
                    !words.isEmpty() && note.beat() - words.getLast().note().end() < 0.05;
            if (adjacent && dice.chance(diction.melismas())) {
                Syllable before = words.getLast();
                words.set(words.size() - 1, before.open());
                words.add(new Syllable(note, true, Consonant.NONE, before.vowel(), before.glide(), before.coda()));
            } else {
                double[] vowel = oneVowel ? only : dice.pick(VOWELS);
                double[] glide = !oneVowel && dice.chance(0.3) ? dice.pick(GLIDES) : vowel;
                Consonant onset = dice.chance(diction.consonants()) ? dice.pick(ONSETS) : Consonant.NONE;
                Consonant coda = dice.chance(diction.consonants() * 0.55) ? dice.pick(CODAS) : Consonant.NONE;
                words.add(new Syllable(note, false, onset, vowel, glide, coda));
            }
        }
        return words;
    }

    /** The same, but its end is left to the note that it is tied to. */
    private Syllable open() {
        return new Syllable(note, tied, onset, vowel, vowel, Consonant.NONE);
    }
}
