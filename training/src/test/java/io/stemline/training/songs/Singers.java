package io.stemline.training.songs;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Singers, lines and songs for tests: an even voice without habits, of which a test changes what it is about. */
final class Singers {
    static final double[] A = Syllable.VOWELS.get(0);
    static final double[] I = Syllable.VOWELS.get(2);

    static final Part.Throat THROAT =
            new Part.Throat(1, Collections.nCopies(6, 1.0), 1, 0, 0, Collections.nCopies(5, 0.0));
    static final Part.Pitching STEADY = new Part.Pitching(5.5, 0, 0.3, 0, 0.04, 1, 0, 0, 0, 0, 0);
    static final Part.Diction PLAIN = new Part.Diction(Part.Delivery.SUNG, 0, 0, 0.2, 0, 0);

    private Singers() {}

    /** Rd as asked, whatever the loudness. */
    static Part.Larynx larynx(double shape) {
        return new Part.Larynx(shape, 0, 90, 0, -60, 0, 0, 0, 0);
    }

    static Part.Voice voice(double shape) {
        return new Part.Voice(40, 12, THROAT, larynx(shape), STEADY, PLAIN);
    }

    static Part.Voice voice(Part.Throat throat) {
        return new Part.Voice(40, 12, throat, larynx(0.7), STEADY, PLAIN);
    }

    static Part.Voice voice(Part.Pitching pitching) {
        return new Part.Voice(40, 12, THROAT, larynx(0.7), pitching, PLAIN);
    }

    static Syllable vowel(Note note, double[] vowel) {
        return new Syllable(note, false, Consonant.NONE, vowel, vowel, Consonant.NONE);
    }

    static Syllable syllable(Note note, Consonant onset, Consonant coda) {
        return new Syllable(note, false, onset, A, A, coda);
    }

    /** Two beats a second. */
    static Timeline seconds(int seconds) {
        Harmony cMajor = new Harmony(0, List.of(0, 2, 4, 5, 7, 9, 11), List.of(List.of(0, 3, 4, 0)), 4);
        return new Timeline(new SongRecipe(
                SongRecipe.FORMAT_VERSION,
                0,
                "A",
                "B",
                seconds * 44_100L,
                120,
                4,
                0,
                cMajor,
                List.of(),
                List.of(),
                0,
                Map.of()));
    }
}
