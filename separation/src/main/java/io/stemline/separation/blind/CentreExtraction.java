package io.stemline.separation.blind;

/**
 * What stands in the middle of the stereo image: max(0, (|M|^2 - |S|^2) / (|M|^2 + |S|^2)) with the middle M = (L + R) / 2 and
 * the sides S = (L - R) / 2, which is the similarity of the channels of Avendano and Jot ("A frequency-domain approach to
 * multichannel upmix", 2004) with its sign. 1 where both channels are the same, 0 where one is silent or they differ by a
 * quarter of a turn or more. Lead vocals mostly stand there; so do bass and bass drum, of which the lowest are left out.
 *
 * <p>A channel alone has no sides: all of it is the middle.
 */
final class CentreExtraction implements SegmentMask {

    private final int lowestBin;

    CentreExtraction(int lowestBin) {
        this.lowestBin = lowestBin;
    }

    @Override
    public void compute(SegmentSpectrum mixture, float[][] mask) {
        int last = mixture.channels() - 1;
        float[] re0 = mixture.re()[0];
        float[] im0 = mixture.im()[0];
        float[] re1 = mixture.re()[last];
        float[] im1 = mixture.im()[last];
        for (int frame = 0; frame < mixture.frames(); frame++) {
            for (int bin = 0; bin < mixture.bins(); bin++) {
                int at = frame * mixture.bins() + bin;
                float common = 2 * (re0[at] * re1[at] + im0[at] * im1[at]);
                float all = re0[at] * re0[at] + im0[at] * im0[at] + re1[at] * re1[at] + im1[at] * im1[at];
                mask[0][at] = bin < lowestBin || all < Float.MIN_NORMAL ? 0 : Math.max(0, common / all);
            }
        }
        System.arraycopy(mask[0], 0, mask[last], 0, mixture.frames() * mixture.bins());
    }
}
