package io.stemline.separation.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The segments of a track, by group of channels. Their number is what bounds the track's memory: who reads waits for a
 * segment until one is written. There are enough for a batch, one being filled and one being written, if that stays
 * below {@value #BUDGET_BYTES} bytes; three in any case.
 */
final class SegmentPools {

    private static final long BUDGET_BYTES = 96L << 20;
    private static final int FEWEST = 3;

    private final List<BlockingQueue<Segment>> pools = new ArrayList<>();

    SegmentPools(Track track, SegmentShape shape, List<ChannelGroup> groups, int batchSize) {
        long bytesOfOneEach = groups.stream()
                .mapToLong(group -> shape.bytes(group.channels()))
                .sum();
        int count = (int) Math.clamp(BUDGET_BYTES / bytesOfOneEach, FEWEST, Math.max(FEWEST, batchSize + 2));
        for (int group = 0; group < groups.size(); group++) {
            var pool = new ArrayBlockingQueue<Segment>(count);
            for (int i = 0; i < count; i++) {
                pool.add(new Segment(shape, track, group, groups.get(group).channels()));
            }
            pools.add(pool);
        }
    }

    BlockingQueue<Segment> pool(int group) {
        return pools.get(group);
    }

    void giveBack(Segment segment) {
        pools.get(segment.group()).add(segment);
    }
}
