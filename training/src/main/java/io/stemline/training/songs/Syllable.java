package io.stemline.training.songs;

import java.util.List;

/**
 * What is sung on one note.
 *
 * @param note where and how high
 * @param onset how it begins
 * @param vowel formant frequencies in hertz, before they are scaled to the singer
 * @param glide the vowel it moves to, the same one if it does not
 * @param coda how it ends
 */
record Syllable(Note note, Consonant onset, double[] vowel, double[] glide, Consonant coda) {

    /** Sounds that are not vowels, by what the vocal tract does. */
    enum Consonant {
        NONE,
        FRICATIVE,
        VOICED_FRICATIVE,
        ASPIRATE,
        PLOSIVE,
        VOICED_PLOSIVE,
        NASAL,
        APPROXIMANT
    }

    /** Typical formants of sung vowels: a, e, i, o, u, ae, uh, er. */
    static final List<double[]> VOWELS = List.of(
            new double[] {800, 1200, 2700, 3600, 4700},
            new double[] {480, 1900, 2550, 3500, 4600},
            new double[] {290, 2250, 3000, 3700, 4700},
            new double[] {470, 850, 2500, 3400, 4600},
            new double[] {320, 800, 2300, 3300, 4500},
            new double[] {680, 1700, 2500, 3500, 4500},
            new double[] {560, 1150, 2500, 3500, 4600},
            new double[] {480, 1300, 1750, 3300, 4500});

    private static final List<Consonant> ONSETS = List.of(
            Consonant.FRICATIVE,
            Consonant.FRICATIVE,
            Consonant.VOICED_FRICATIVE,
            Consonant.ASPIRATE,
            Consonant.PLOSIVE,
            Consonant.PLOSIVE,
            Consonant.VOICED_PLOSIVE,
            Consonant.VOICED_PLOSIVE,
            Consonant.NASAL,
            Consonant.NASAL,
            Consonant.APPROXIMANT,
            Consonant.APPROXIMANT);
    private static final List<Consonant> CODAS = List.of(
            Consonant.NASAL, Consonant.NASAL, Consonant.FRICATIVE, Consonant.PLOSIVE, Consonant.VOICED_FRICATIVE);

    /** Words without a language for a melody. */
    static List<Syllable> underlay(List<Note> melody, Part.Voice voice, Dice dice) {
        boolean oneVowel = dice.chance(0.15);
        double[] only = dice.pick(VOWELS);
        return melody.stream()
                .map(note -> {
                    double[] vowel = oneVowel ? only : dice.pick(VOWELS);
                    double[] glide = !oneVowel && dice.chance(0.35) ? dice.pick(VOWELS) : vowel;
                    Consonant onset = dice.chance(voice.consonants()) ? dice.pick(ONSETS) : Consonant.NONE;
                    Consonant coda = dice.chance(voice.consonants() * 0.5) ? dice.pick(CODAS) : Consonant.NONE;
                    return new Syllable(note, onset, vowel, glide, coda);
                })
                .toList();
    }
}
