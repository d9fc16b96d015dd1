package io.stemline.separation.blind;

import java.util.Arrays;

/**
 * REPET-SIM (Rafii and Pardo, "Music/voice separation using the similarity matrix", 2012): the accompaniment in a frame is the
 * median of the up to 100 frames that are most similar to it, by the cosine of their magnitudes, at least a second apart
 * from it and from each other. A frame that no other is similar to is all accompaniment.
 */
final class RepetSim implements SegmentMask {

    private static final int MOST_SIMILAR = 100;
    private static final double LEAST_DISTANCE_SECONDS = 1;

    /** Rows of the similarity matrix that are computed at a time: their sums stay in the cache. */
    private static final int BLOCK = 4;

    private final int bins;
    private final int lowestBin;
    private final int leastDistance;
    private final int mostFrames;

    /** The mixture's normalised magnitudes, {@code [bin * mostFrames + frame]}. */
    private final float[] columns;

    /** Cosines, {@code [frame][frame]}, from the diagonal on. */
    private final float[][] similarities;

    private final float[] candidates;
    private final int[] similar = new int[MOST_SIMILAR];
    private final RowMedian median;

    RepetSim(int mostFrames, int bins, double framesASecond, int lowestBin) {
        this.bins = bins;
        this.lowestBin = lowestBin;
        this.leastDistance = (int) framesASecond;
        this.mostFrames = mostFrames;
        this.columns = new float[bins * mostFrames];
        this.similarities = new float[mostFrames][mostFrames];
        this.candidates = new float[mostFrames];
        this.median = new RowMedian(MOST_SIMILAR, bins);
    }

    @Override
    public void compute(SegmentSpectrum mixture, float[][] mask) {
        int frames = mixture.frames();
        normalise(mixture);
        for (int first = 0; first < frames; first += BLOCK) {
            compare(first, Math.min(frames, first + BLOCK), frames);
        }
        for (int frame = 0; frame < frames; frame++) {
            int count = mostSimilar(frame, frames);
            for (int channel = 0; channel < mask.length; channel++) {
                repeating(mixture.magnitudes()[channel], frame, count, mask[channel]);
            }
        }
        for (int channel = 0; channel < mask.length; channel++) {
            Repetition.toVoice(mixture.magnitudes()[channel], mask[channel], frames, bins, lowestBin);
        }
    }

    private void normalise(SegmentSpectrum mixture) {
        for (int frame = 0; frame < mixture.frames(); frame++) {
            double energy = 0;
            for (int bin = 0; bin < bins; bin++) {
                float sum = 0;
                for (float[] channel : mixture.magnitudes()) {
                    sum += channel[frame * bins + bin];
                }
                columns[bin * mostFrames + frame] = sum;
                energy += (double) sum * sum;
            }
            float gain = energy > 0 ? (float) (1 / Math.sqrt(energy)) : 0;
            for (int bin = 0; bin < bins; bin++) {
                columns[bin * mostFrames + frame] *= gain;
            }
        }
    }

    /** Rows of the product of the matrix of frames and its transpose, from the diagonal on. */
    private void compare(int first, int last, int frames) {
        for (int row = first; row < last; row++) {
            Arrays.fill(similarities[row], first, frames, 0);
        }
        int fours = bins / 4 * 4;
        for (int bin = 0; bin < fours; bin += 4) {
            for (int row = first; row < last; row++) {
                addFourProducts(bin * mostFrames, row, similarities[row], first, frames);
            }
        }
        for (int bin = fours; bin < bins; bin++) {
            for (int row = first; row < last; row++) {
                addProduct(bin * mostFrames, row, similarities[row], first, frames);
            }
        }
    }

    private void addFourProducts(int from, int row, float[] sums, int first, int frames) {
        int second = from + mostFrames;
        int third = second + mostFrames;
        int fourth = third + mostFrames;
        float a = columns[from + row];
        float b = columns[second + row];
        float c = columns[third + row];
        float d = columns[fourth + row];
        for (int n = first; n < frames; n++) {
            sums[n] +=
                    a * columns[from + n] + b * columns[second + n] + c * columns[third + n] + d * columns[fourth + n];
        }
    }

    private void addProduct(int from, int row, float[] sums, int first, int frames) {
        float factor = columns[from + row];
        for (int n = first; n < frames; n++) {
            sums[n] += factor * columns[from + n];
        }
    }

    /** Finds the frames most similar to one, the most similar first. */
    private int mostSimilar(int frame, int frames) {
        System.arraycopy(similarities[frame], frame, candidates, frame, frames - frame);
        for (int other = 0; other < frame; other++) {
            candidates[other] = similarities[other][frame];
        }
        exclude(frame, frames);
        int count = 0;
        while (count < MOST_SIMILAR) {
            int best = 0;
            for (int other = 1; other < frames; other++) {
                if (candidates[other] > candidates[best]) {
                    best = other;
                }
            }
            if (candidates[best] <= 0) {
                return count;
            }
            similar[count++] = best;
            exclude(best, frames);
        }
        return count;
    }

    private void exclude(int centre, int frames) {
        int from = Math.max(0, centre - leastDistance);
        int to = Math.min(frames, centre + leastDistance + 1);
        Arrays.fill(candidates, from, to, 0);
    }

    private void repeating(float[] magnitudes, int frame, int count, float[] model) {
        if (count == 0) {
            System.arraycopy(magnitudes, frame * bins, model, frame * bins, bins);
            return;
        }
        for (int n = 0; n < count; n++) {
            median.set(n, magnitudes, similar[n] * bins);
        }
        median.median(count, model, frame * bins);
    }
}
