package io.stemline.separation.streaming;

/**
 * The mean of what several shifts of a mixture gave. With one shift, its queues are the result and nothing is copied.
 */
final class ShiftAverage {

    private final SampleQueue[][] shifts;
    private final SampleQueue[] mean;

    /**
     * @param shifts how many
     * @param stems how many stems are synthesised
     * @param channels of the mixture
     */
    ShiftAverage(int shifts, int stems, int channels) {
        this.shifts = new SampleQueue[shifts][];
        for (int shift = 0; shift < shifts; shift++) {
            this.shifts[shift] = SampleQueue.array(stems, channels);
        }
        this.mean = shifts == 1 ? this.shifts[0] : SampleQueue.array(stems, channels);
    }

    /** Where the signals of one shift go, one queue a stem. */
    SampleQueue[] shift(int shift) {
        return shifts[shift];
    }

    /** The result, one queue a stem. */
    SampleQueue[] mean() {
        return mean;
    }

    /** Moves on to the result what all shifts have. */
    void advance() {
        for (int stem = 0; stem < mean.length && shifts.length > 1; stem++) {
            average(stem);
        }
    }

    private void average(int stem) {
        int frames = Integer.MAX_VALUE;
        for (var shift : shifts) {
            frames = Math.min(frames, shift[stem].available());
        }
        var first = shifts[0][stem];
        for (int index = 1; index < shifts.length; index++) {
            add(shifts[index][stem], first, frames);
        }
        scale(first, frames, 1f / shifts.length);
        mean[stem].append(first.samples(), 0, first.start(), frames);
        for (var shift : shifts) {
            shift[stem].drop(frames);
        }
    }

    private static void add(SampleQueue from, SampleQueue to, int frames) {
        for (int channel = 0; channel < to.samples().length; channel++) {
            float[] source = from.samples()[channel];
            float[] target = to.samples()[channel];
            int distance = from.start() - to.start();
            for (int n = to.start(); n < to.start() + frames; n++) {
                target[n] += source[n + distance];
            }
        }
    }

    private static void scale(SampleQueue queue, int frames, float factor) {
        for (float[] samples : queue.samples()) {
            for (int n = queue.start(); n < queue.start() + frames; n++) {
                samples[n] *= factor;
            }
        }
    }
}
