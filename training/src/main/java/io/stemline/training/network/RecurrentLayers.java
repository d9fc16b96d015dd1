package io.stemline.training.network;

import io.stemline.training.folder.Setting;

/**
 * Bidirectional long short-term memories, one on top of the other.
 *
 * @param depth how many
 * @param hidden width of the hidden state of each direction
 * @param dropout share of what one gives to the next that is left out in training
 */
public record RecurrentLayers(
        @Setting(doc = "recurrent layers", min = 1, alsoCalled = "recurrent_depth")
        int depth,

        @Setting(
                doc = "width of the hidden state of each direction",
                min = 1,
                alsoCalled = {"recurrent_hidden", "hidden_size"})
        int hidden,

        @Setting(
                doc = "share of values left out between recurrent layers in training",
                min = 0,
                below = 1,
                alsoCalled = "recurrent_dropout")
        double dropout) {

    public RecurrentLayers {
        NetworkInput.requirePositive("depth", depth);
        NetworkInput.requirePositive("hidden", hidden);
        SpectrogramNetLayers.requireShare("dropout", dropout);
    }

    /** Three layers of 1024, dropout 0.3. */
    public static RecurrentLayers defaults() {
        return new RecurrentLayers(3, 1024, 0.3);
    }

    /** How many numbers there are to learn. */
    long trainableWeights(long features) {
        long first = features + hidden;
        long other = 3L * hidden;
        return 2 * 4L * hidden * (first + 1 + (depth - 1) * (other + 1));
    }
}
