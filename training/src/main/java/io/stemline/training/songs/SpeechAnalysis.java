package io.stemline.training.songs;

import static java.lang.StrictMath.sqrt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts speech into syllables, in steps:
 *
 * <ol>
 *   <li>recordings of low sample rates get noise above what they have, which follows the highest octave that is there;
 *   <li>every 5 ms the period is where the normalised cross-correlation of what is below 1.2 kHz is largest (Talkin 1995);
 *   <li>in voiced stretches every cycle is marked where it peaks;
 *   <li>each hump of the loudness of voiced sound is a vowel; voiced sound is divided where it is softest, unvoiced sound in
 *       the middle between its neighbours.
 * </ol>
 *
 * <p>Speech without a single vowel has no syllables, and there is nothing to be sung.
 */
final class SpeechAnalysis {
    private static final int RATE_HZ = SongGenerator.SAMPLE_RATE_HZ;
    private static final int HOP = RATE_HZ / 200;
    private static final int DECIMATION = 8;
    private static final int SHORTEST = RATE_HZ / DECIMATION / 400;
    private static final int LONGEST = RATE_HZ / DECIMATION / 65;
    private static final int WINDOW = 140;
    private static final double VOICED_CORRELATION = 0.6;
    private static final double VOICED_LEVEL = 0.03;
    private static final int SHORTEST_VOWEL_HOPS = 8;
    private static final int LONGEST_CONSONANT_HOPS = 36;

    /** A valley this deep divides two vowels: 3 dB. */
    private static final double VALLEY = 0.7;

    private final float[] sound;
    private final float[] low;
    private final double[] levels;
    private final int[] periods;
    private final List<Integer> marks = new ArrayList<>();
    private final List<Integer> markPeriods = new ArrayList<>();
    private final List<SpokenText.SpokenSyllable> syllables = new ArrayList<>();

    private SpeechAnalysis(float[] sound) {
        this.sound = sound;
        low = sound.clone();
        Biquad.highPass(70, 0.7).filter(low);
        Biquad.lowPass(1200, 0.7).filter(low);
        int hops = sound.length / HOP;
        levels = new double[hops];
        for (int hop = 0; hop < hops; hop++) {
            levels[hop] = level(low, hop * HOP - HOP, hop * HOP + 2 * HOP);
        }
        periods = new int[hops];
    }

    /** Empty when there is no vowel in it. */
    static Optional<SpokenText> of(float[] sound, int recordedRateHz) {
        float[] whole = sound.clone();
        if (recordedRateHz < 40_000) {
            addTop(whole, recordedRateHz);
        }
        SpeechAnalysis analysis = new SpeechAnalysis(whole);
        analysis.findPeriods();
        analysis.findStretches();
        if (analysis.syllables.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SpokenText(
                whole, ints(analysis.marks), ints(analysis.markPeriods), List.copyOf(analysis.syllables)));
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void addTop(float[] sound, int recordedRateHz) {
        float[] highest = sound.clone();
        Biquad.highPass(recordedRateHz * 0.27, 0.7).filter(highest);
        float[] top = new float[sound.length];
        Dice dice = new Dice(sound.length);
        double power = 0;
        for (int i = 0; i < sound.length; i++) {
            power += (highest[i] * highest[i] - power) / 150;
            top[i] = (float) (1.2 * sqrt(power) * dice.noise());
        }
        Biquad.highPass(recordedRateHz * 0.45, 0.8).filter(top);
        Biquad.highPass(recordedRateHz * 0.45, 0.8).filter(top);
        Biquad.lowPass(13_000, 0.7).filter(top);
        for (int i = 0; i < sound.length; i++) {
            sound[i] += top[i];
        }
    }

    private static double level(float[] x, int from, int to) {
        double sum = 0;
        for (int i = Math.max(0, from); i < Math.min(x.length, to); i++) {
            sum += x[i] * x[i];
        }
        return sqrt(sum / (to - from));
    }

    private void findPeriods() {
        float[] sparse = new float[low.length / DECIMATION];
        for (int i = 0; i < sparse.length; i++) {
            sparse[i] = low[i * DECIMATION];
        }
        double loudest = Arrays.stream(levels).max().orElse(0);
        int[] found = new int[periods.length];
        for (int hop = 0; hop < periods.length; hop++) {
            int centre = hop * HOP / DECIMATION;
            if (levels[hop] > VOICED_LEVEL * loudest
                    && centre >= (WINDOW + LONGEST) / 2
                    && centre + (WINDOW + LONGEST) / 2 + 1 < sparse.length) {
                found[hop] = DECIMATION * lag(sparse, centre);
            }
        }
        for (int hop = 2; hop < periods.length - 2; hop++) {
            int[] around = Arrays.copyOfRange(found, hop - 2, hop + 3);
            Arrays.sort(around);
            periods[hop] = found[hop] == 0 ? 0 : around[2] == 0 ? found[hop] : around[2];
        }
    }

    /** The shortest lag that is nearly as good as the best, 0 if none is good. */
    private static int lag(float[] x, int centre) {
        double[] correlation = new double[LONGEST + 1];
        double best = 0;
        for (int lag = SHORTEST; lag <= LONGEST; lag++) {
            int from = centre - (WINDOW + lag) / 2;
            double product = 0;
            double first = 1e-12;
            double second = 1e-12;
            for (int i = from; i < from + WINDOW; i++) {
                product += x[i] * x[i + lag];
                first += x[i] * x[i];
                second += x[i + lag] * x[i + lag];
            }
            correlation[lag] = product / sqrt(first * second);
            best = Math.max(best, correlation[lag]);
        }
        if (best < VOICED_CORRELATION) {
            return 0;
        }
        for (int lag = SHORTEST + 1; lag < LONGEST; lag++) {
            if (correlation[lag] > 0.88 * best
                    && correlation[lag] >= correlation[lag - 1]
                    && correlation[lag] >= correlation[lag + 1]) {
                return lag;
            }
        }
        return 0;
    }

    private void findStretches() {
        int before = 0;
        int hop = 0;
        while (hop < periods.length) {
            if (periods[hop] == 0) {
                hop++;
                continue;
            }
            int end = hop;
            while (end < periods.length && periods[end] > 0) {
                end++;
            }
            if (end - hop >= SHORTEST_VOWEL_HOPS) {
                mark(hop, end);
                int next = end;
                while (next < periods.length && periods[next] == 0) {
                    next++;
                }
                divide(before, hop, end, next);
                before = (end + next) / 2;
            }
            hop = end;
        }
    }

    /** From the highest peak of the stretch on, both ways, a period at a time. */
    private void mark(int fromHop, int toHop) {
        int from = fromHop * HOP;
        int to = Math.min(low.length, toHop * HOP);
        int top = peak(from, to);
        List<Integer> earlier = new ArrayList<>();
        for (int at = top; ; ) {
            int period = period(at, fromHop, toHop);
            if (at - period < from) {
                break;
            }
            at = peak(at - period * 23 / 20, at - period * 17 / 20);
            earlier.addFirst(at);
        }
        List<Integer> all = new ArrayList<>(earlier);
        all.add(top);
        for (int at = top; ; ) {
            int period = period(at, fromHop, toHop);
            if (at + period * 23 / 20 > to) {
                break;
            }
            at = peak(at + period * 17 / 20, at + period * 23 / 20);
            all.add(at);
        }
        for (int at : all) {
            if (marks.isEmpty() || at > marks.getLast()) {
                marks.add(at);
                markPeriods.add(period(at, fromHop, toHop));
            }
        }
    }

    private int period(int frame, int fromHop, int toHop) {
        return periods[Math.clamp(frame / HOP, fromHop, toHop - 1)];
    }

    private int peak(int from, int to) {
        int best = Math.max(0, from);
        for (int i = best; i < Math.min(low.length, to); i++) {
            if (low[i] > low[best]) {
                best = i;
            }
        }
        return best;
    }

    /** One syllable for each hump of the stretch's loudness. */
    private void divide(int before, int voiced, int unvoiced, int next) {
        List<Integer> cuts = new ArrayList<>();
        cuts.add(voiced);
        double highest = 0;
        double lowest = Double.MAX_VALUE;
        int valley = voiced;
        for (int hop = voiced; hop < unvoiced; hop++) {
            double level = levels[hop];
            if (level < lowest) {
                lowest = level;
                valley = hop;
            }
            boolean hump = lowest < VALLEY * Math.min(highest, level);
            if (hump && valley - cuts.getLast() >= SHORTEST_VOWEL_HOPS && unvoiced - valley >= SHORTEST_VOWEL_HOPS) {
                cuts.add(valley);
                highest = 0;
            }
            if (level > highest) {
                highest = level;
                lowest = level;
                valley = hop;
            }
        }
        cuts.add(unvoiced);
        for (int i = 0; i + 1 < cuts.size(); i++) {
            boolean first = i == 0;
            boolean last = i + 2 == cuts.size();
            int start = first ? Math.max(before, voiced - LONGEST_CONSONANT_HOPS) : cuts.get(i);
            int end = last ? Math.min((unvoiced + next) / 2, unvoiced + LONGEST_CONSONANT_HOPS) : cuts.get(i + 1);
            addSyllable(start, cuts.get(i), cuts.get(i + 1), end);
        }
    }

    private void addSyllable(int start, int voiced, int unvoiced, int end) {
        int loudest = voiced;
        for (int hop = voiced; hop < unvoiced; hop++) {
            if (levels[hop] > levels[loudest]) {
                loudest = hop;
            }
        }
        int margin = Math.max(1, (unvoiced - voiced) / 5);
        int steady = Math.clamp(loudest, voiced + margin, Math.max(voiced + margin, unvoiced - 1 - margin));
        int half = Math.min(6, margin);
        syllables.add(new SpokenText.SpokenSyllable(
                start * HOP, voiced * HOP, (steady - half) * HOP, (steady + half) * HOP, unvoiced * HOP, end * HOP));
    }
}
