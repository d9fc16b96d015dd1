package io.stemline.bsseval;

import java.util.Arrays;

/**
 * Reads a stretch of all signals once, in blocks that begin with the last frames of the block before. Before and after the
 * stretch there is silence.
 */
final class SlidingReader {
    private final Inputs inputs;
    private final long end;
    private final int overlap;
    private final int advance;
    private final double[][] tail; // [channel of all signals][overlap]
    private final double[][] fresh; // [channel of a signal][advance]
    private long position;

    SlidingReader(Inputs inputs, long start, long end, int overlap, int advance) {
        this.inputs = inputs;
        this.end = end;
        this.overlap = overlap;
        this.advance = advance;
        this.position = start;
        this.tail = new double[2 * inputs.sources() * inputs.channels()][overlap];
        this.fresh = new double[inputs.channels()][advance];
    }

    /**
     * Fills the next block.
     *
     * @param block [channel of all signals][at least overlap + advance]: first the channels of the references, then those
     *     of the estimates
     */
    void next(double[][] block) {
        int frames = (int) Math.clamp(end - position, 0, advance);
        for (int j = 0; j < inputs.sources(); j++) {
            if (frames > 0) {
                inputs.readReference(j, position, fresh, frames);
            }
            append(block, j * inputs.channels(), frames);
            if (frames > 0) {
                inputs.readEstimate(j, position, fresh, frames);
            }
            append(block, (inputs.sources() + j) * inputs.channels(), frames);
        }
        position += frames;
    }

    private void append(double[][] block, int firstChannel, int frames) {
        for (int c = 0; c < inputs.channels(); c++) {
            var target = block[firstChannel + c];
            var past = tail[firstChannel + c];
            System.arraycopy(past, 0, target, 0, overlap);
            System.arraycopy(fresh[c], 0, target, overlap, frames);
            Arrays.fill(target, overlap + frames, overlap + advance, 0);
            System.arraycopy(target, advance, past, 0, overlap);
        }
    }
}
