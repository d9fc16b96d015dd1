package io.stemline.bsseval;

/** Transform lengths: powers of two, long enough that little of a block is overlap, short enough for the cache. */
final class BlockSizes {
    private static final int SHORTEST = 1024;

    private BlockSizes() {}

    /** For blocks that overlap by 2 (taps - 1) frames. */
    static int forCorrelation(int taps, long lengthFrames) {
        return size(16L * taps, lengthFrames + 3L * (taps - 1));
    }

    /** For blocks that overlap by taps - 1 frames. */
    static int forFiltering(int taps, long lengthFrames) {
        return size(8L * taps, lengthFrames + 2L * (taps - 1));
    }

    private static int size(long preferred, long enoughForAll) {
        long size = Math.max(SHORTEST, Math.min(preferred, enoughForAll));
        return Math.toIntExact(Long.highestOneBit(2 * size - 1));
    }
}
