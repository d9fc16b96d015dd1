package io.stemline.separation.streaming;

/**
 * Joins what the network says about the rows that two segments share. The earlier segment fades out as the later fades
 * in, so a row near a segment's border, where the network sees little around it, counts little.
 */
final class CrossFade {

    private final SegmentShape shape;
    private final Fade fade;
    private final float[] tail;

    CrossFade(SegmentShape shape, Fade fade) {
        this.shape = shape;
        this.fade = fade;
        this.tail = new float[shape.overlap() * shape.outputRow()];
    }

    /** Mixes the earlier segment's last rows into the first rows of this one, and keeps this one's last rows. */
    void join(Segment segment) {
        float[] output = segment.output();
        int row = shape.outputRow();
        if (!segment.isFirst()) {
            for (int frame = 0; frame < shape.overlap(); frame++) {
                float later = fade.weight(frame, shape.overlap());
                for (int at = frame * row; at < (frame + 1) * row; at++) {
                    output[at] = tail[at] + later * (output[at] - tail[at]);
                }
            }
        }
        if (!segment.isLast()) {
            System.arraycopy(output, shape.stride() * row, tail, 0, tail.length);
        }
    }
}
