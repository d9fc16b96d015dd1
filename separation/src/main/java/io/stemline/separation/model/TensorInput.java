package io.stemline.separation.model;

/**
 * The tensor that a network is fed with.
 *
 * @param name its key in the signature
 * @param layout the meaning of its dimensions: {@code batch,frame,bin,channel}, or {@code batch,sample,channel} for a
 *     waveform model
 */
public record TensorInput(String name, String layout) {

    public TensorInput {
        Check.present("input.name", name);
        Check.present("input.layout", layout);
    }
}
