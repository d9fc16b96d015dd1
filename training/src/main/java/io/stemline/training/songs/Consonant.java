package io.stemline.training.songs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The consonants of English and its neighbours, by what lips, tongue and throat do. */
enum Consonant {
    NONE(Manner.NONE, 0, 0, 0, 0, 0, 0),
    P(Manner.PLOSIVE, 900, 800, 1.2, -12, 3, 2),
    T(Manner.PLOSIVE, 1750, 4600, 0.8, -9, 5, 9),
    K(Manner.PLOSIVE, 1900, 2000, 0.5, -8, 4, 4),
    CH(Manner.PLOSIVE, 1850, 3300, 0.6, -9, 1, 1),
    B(Manner.VOICED_PLOSIVE, 850, 700, 1.2, -16, 3, 1),
    D(Manner.VOICED_PLOSIVE, 1700, 4000, 0.8, -12, 4, 6),
    G(Manner.VOICED_PLOSIVE, 1900, 1900, 0.5, -12, 2, 1),
    F(Manner.FRICATIVE, 1000, 8500, 1.4, -26, 3, 1),
    TH(Manner.FRICATIVE, 1500, 7500, 1.2, -26, 1, 1),
    S(Manner.FRICATIVE, 1700, 6800, 0.45, -11, 6, 6),
    SH(Manner.FRICATIVE, 1900, 3500, 0.35, -10, 2, 1),
    H(Manner.ASPIRATE, 0, 0, 0, 0, 3, 0),
    V(Manner.VOICED_FRICATIVE, 1000, 8000, 1.4, -28, 1, 2),
    DH(Manner.VOICED_FRICATIVE, 1500, 7000, 1.2, -30, 5, 0),
    Z(Manner.VOICED_FRICATIVE, 1700, 6800, 0.45, -17, 1, 4),
    ZH(Manner.VOICED_FRICATIVE, 1900, 3300, 0.35, -17, 1, 0),
    M(Manner.NASAL, 1000, 1000, 0, 0, 4, 3),
    N(Manner.NASAL, 1700, 1600, 0, 0, 4, 8),
    NG(Manner.NASAL, 2100, 2600, 0, 0, 0, 3),
    L(Manner.LIQUID, 1050, 0, 0, 0, 4, 4),
    R(Manner.LIQUID, 1200, 0, 0, 0, 3, 4),
    W(Manner.GLIDE, 700, 0, 0, 0, 4, 0),
    Y(Manner.GLIDE, 2250, 0, 0, 0, 3, 0);

    /** How the air is hindered. */
    enum Manner {
        NONE,
        PLOSIVE,
        VOICED_PLOSIVE,
        FRICATIVE,
        VOICED_FRICATIVE,
        ASPIRATE,
        NASAL,
        LIQUID,
        GLIDE
    }

    final Manner manner;

    /** The first six formants with the tongue in this place; neighbours are bent towards them. */
    final double[] locusHz;

    /** Where the noise is strongest; of nasals, the frequency that the closed mouth takes away. */
    final double noiseHz;

    /** Width of the noise against its frequency. */
    final double noiseWidth;

    /** Level of the noise against a vowel's. */
    final double noiseDb;

    private final int atStart;
    private final int atEnd;

    Consonant(
            Manner manner,
            double secondFormantHz,
            double noiseHz,
            double noiseWidth,
            double noiseDb,
            int atStart,
            int atEnd) {
        this.manner = manner;
        this.noiseHz = noiseHz;
        this.noiseWidth = noiseWidth;
        this.noiseDb = noiseDb;
        this.atStart = atStart;
        this.atEnd = atEnd;
        double first = manner == Manner.LIQUID ? 360 : manner == Manner.NASAL ? 300 : 280;
        double third = secondFormantHz == 1200 ? 1600 : Math.max(2500, secondFormantHz + 600);
        locusHz = new double[] {first, secondFormantHz, third, 3500, 4500, 5500};
    }

    /** Each as often as it comes, roughly, at the beginning or the end of syllables. */
    static List<Consonant> byFrequency(boolean atEnd) {
        List<Consonant> all = new ArrayList<>();
        Arrays.stream(values()).forEach(consonant -> {
            for (int i = 0; i < (atEnd ? consonant.atEnd : consonant.atStart); i++) {
                all.add(consonant);
            }
        });
        return List.copyOf(all);
    }
}
