package io.stemline.separation.blind;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * REPET (Rafii and Pardo, "Repeating pattern extraction technique (REPET): a simple method for music/voice separation",
 * 2013): the period is where the beat spectrum, the mean autocorrelation of the bins' powers, is highest between 0.8 and 8
 * seconds and a third of the segment; the accompaniment is the median of the frames that lie whole periods apart.
 *
 * <p>A segment too short to hold three of the shortest periods repeats nothing that could be heard, and is all
 * accompaniment.
 */
final class Repet implements SegmentMask {

    private static final double SHORTEST_PERIOD_SECONDS = 0.8;
    private static final double LONGEST_PERIOD_SECONDS = 8;
    private static final int LEAST_REPETITIONS = 3;

    private final int bins;
    private final int lowestBin;
    private final int shortestPeriod;
    private final int longestPeriod;
    private final DoubleFFT_1D fft;
    private final double[] column;
    private final double[] beats;
    private final double[] wholeSpectrum;
    private final RowMedian median;

    /**
     * @param mostFrames frames of the longest segment
     * @param framesASecond frames in a second
     * @param lowestBin the lowest bin that may be the voice's
     */
    Repet(int mostFrames, int bins, double framesASecond, int lowestBin) {
        this.bins = bins;
        this.lowestBin = lowestBin;
        this.shortestPeriod = (int) Math.ceil(SHORTEST_PERIOD_SECONDS * framesASecond);
        this.longestPeriod = (int) Math.ceil(LONGEST_PERIOD_SECONDS * framesASecond);
        int padded = Integer.highestOneBit(2 * mostFrames - 1) * 2;
        this.fft = new DoubleFFT_1D(padded);
        this.column = new double[padded];
        this.beats = new double[padded];
        this.wholeSpectrum = new double[padded];
        this.median = new RowMedian(Math.ceilDiv(mostFrames, shortestPeriod), bins);
    }

    @Override
    public void compute(SegmentSpectrum mixture, float[][] mask) {
        int period = period(mixture);
        for (int channel = 0; channel < mask.length; channel++) {
            repeating(mixture.magnitudes()[channel], mixture.frames(), period, mask[channel]);
            Repetition.toVoice(mixture.magnitudes()[channel], mask[channel], mixture.frames(), bins, lowestBin);
        }
    }

    /** The period in frames; as many as there are if none fits. */
    int period(SegmentSpectrum mixture) {
        int frames = mixture.frames();
        int longest = Math.min(longestPeriod, Math.ceilDiv(frames, LEAST_REPETITIONS));
        if (longest < shortestPeriod) {
            return frames;
        }
        beatSpectrum(mixture);
        int best = shortestPeriod;
        for (int lag = shortestPeriod; lag <= longest; lag++) {
            if (beats[lag] / (frames - lag) > beats[best] / (frames - best)) {
                best = lag;
            }
        }
        return best;
    }

    /** The bins' autocorrelations, summed. As a transform is linear, one inverse is enough for all of them. */
    private void beatSpectrum(SegmentSpectrum mixture) {
        Arrays.fill(wholeSpectrum, 0);
        for (int bin = 0; bin < bins; bin++) {
            Arrays.fill(column, 0);
            for (float[] channel : mixture.magnitudes()) {
                for (int frame = 0; frame < mixture.frames(); frame++) {
                    double magnitude = channel[frame * bins + bin];
                    column[frame] += magnitude * magnitude;
                }
            }
            fft.realForward(column);
            addPower();
        }
        System.arraycopy(wholeSpectrum, 0, beats, 0, beats.length);
        fft.realInverse(beats, true);
    }

    private void addPower() {
        wholeSpectrum[0] += column[0] * column[0];
        wholeSpectrum[1] += column[1] * column[1];
        for (int n = 2; n < column.length; n += 2) {
            wholeSpectrum[n] += column[n] * column[n] + column[n + 1] * column[n + 1];
        }
    }

    private void repeating(float[] magnitudes, int frames, int period, float[] model) {
        for (int phase = 0; phase < Math.min(period, frames); phase++) {
            int count = 0;
            for (int frame = phase; frame < frames; frame += period) {
                median.set(count++, magnitudes, frame * bins);
            }
            median.median(count, model, phase * bins);
        }
        for (int frame = period; frame < frames; frame++) {
            System.arraycopy(model, (frame - period) * bins, model, frame * bins, bins);
        }
    }
}
