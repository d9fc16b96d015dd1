package io.stemline.training.network;

import io.stemline.training.folder.Setting;

/**
 * Bidirectional LSTM layers over the frames of a mixture, on which mask inference, deep clustering and Chimera stand.
 *
 * @param compression power to which magnitudes are raised in front of the first layer; 0 for decibels
 * @param normalisation of every bin in front of the first layer
 * @param recurrentDepth how many layers there are
 * @param hidden width of a layer in each direction
 * @param dropout share of every layer's output that training leaves out
 */
public record RecurrentStack(
        @Setting(
                doc = "power to which magnitudes are raised in front of the first layer; 0 for decibels",
                min = 0,
                max = 1)
        double compression,

        @Setting(doc = "whose statistics normalise every bin in front of the first layer")
        Normalisation normalisation,

        @Setting(doc = "recurrent layers", min = 1) int recurrentDepth,

        @Setting(
                doc = "width of the hidden state of each direction",
                min = 1,
                alsoCalled = {"recurrent_hidden", "hidden_size"})
        int hidden,

        @Setting(
                doc = "share of every recurrent layer's output that training leaves out",
                min = 0,
                below = 1,
                alsoCalled = "dropout_p")
        double dropout) {

    /** Whose statistics give every bin the mean 0 and the deviation 1. */
    public enum Normalisation {
        /** Those of all mixtures: of the batch in training, their moving averages in inference. */
        BATCH,
        /** Those of the mixture itself, so that only what changes within it is seen. */
        INSTANCE
    }

    public RecurrentStack {
        if (!(compression >= 0 && compression <= 1)) {
            throw new IllegalArgumentException("compression is " + compression
                    + ": it must be between 0 (decibels) and 1 (magnitudes as they are)");
        }
        NetworkInput.requirePositive("recurrentDepth", recurrentDepth);
        NetworkInput.requirePositive("hidden", hidden);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + ": it must be at least 0 and below 1");
        }
    }

    /** Four layers of 300 in each direction that see decibels. */
    public static RecurrentStack defaults() {
        return new RecurrentStack(0, Normalisation.BATCH, 4, 300, 0.3);
    }

    /** Width of what comes out for every frame. */
    int features() {
        return 2 * hidden;
    }

    /** How many numbers there are to learn. */
    long trainableWeights(SpectrumInput input) {
        long gates = 4L * hidden;
        long first = 2 * gates * ((long) input.bins() * input.channels() + hidden + 1);
        long others = 2 * gates * (features() + hidden + 1L);
        return 2L * input.bins() + first + (recurrentDepth - 1) * others;
    }

    /** How many numbers a dense layer behind the stack has to learn. */
    long trainableWeightsOfDense(long out) {
        return (features() + 1) * out;
    }
}
