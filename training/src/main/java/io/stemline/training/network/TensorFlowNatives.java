package io.stemline.training.network;

import org.tensorflow.proto.ConfigProto;

/** Settings of TensorFlow sessions. */
final class TensorFlowNatives {
    private TensorFlowNatives() {}

    /** Sessions with so many threads; 0 lets TensorFlow decide. */
    static ConfigProto threads(int threads) {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .build();
    }
}
