package io.stemline.training.graph;

import org.tensorflow.proto.ConfigProto;

/** Settings of TensorFlow sessions. */
public final class TensorFlowNatives {
    private TensorFlowNatives() {}

    /** Sessions with so many threads; 0 lets TensorFlow decide. */
    public static ConfigProto threads(int threads) {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .build();
    }
}
