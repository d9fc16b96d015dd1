package io.stemline.separation.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The segments of a track, by pass. Their number is what bounds the track's memory: who reads waits for a segment until
 * one is written. There are enough for a batch, one being filled and one being written, if that stays below
 * {@value #BUDGET_BYTES} bytes; three in any case.
 */
final class SegmentPools {

    private static final long BUDGET_BYTES = 192L << 20;
    private static final int FEWEST = 3;

    private final List<Pass> passes;
    private final List<BlockingQueue<Segment>> pools = new ArrayList<>();

    SegmentPools(Track track, SegmentShape shape, List<Pass> passes, int batchSize) {
        this.passes = passes;
        long bytesOfOneEach = passes.stream()
                .mapToLong(pass -> shape.bytes(pass.channels().channels()))
                .sum();
        int count = (int) Math.clamp(BUDGET_BYTES / bytesOfOneEach, FEWEST, Math.max(FEWEST, batchSize + 2));
        for (int index = 0; index < passes.size(); index++) {
            var pool = new ArrayBlockingQueue<Segment>(count);
            for (int i = 0; i < count; i++) {
                pool.add(new Segment(
                        shape, track, index, passes.get(index).channels().channels()));
            }
            pools.add(pool);
        }
    }

    BlockingQueue<Segment> pool(int pass) {
        return pools.get(pass);
    }

    Pass pass(Segment segment) {
        return passes.get(segment.pass());
    }

    /** How often the mixture goes through the network. */
    int shifts() {
        return passes.getLast().shift() + 1;
    }

    void giveBack(Segment segment) {
        pools.get(segment.pass()).add(segment);
    }
}
