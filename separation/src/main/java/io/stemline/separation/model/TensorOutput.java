package io.stemline.separation.model;

/**
 * The tensor that a network answers with.
 *
 * @param name its key in the signature
 * @param kind what its numbers are
 * @param layout the meaning of its dimensions: {@code batch,frame,bin,stem*channel}, or
 *     {@code batch,sample,stem*channel} for a waveform model; the index of the last is {@code stem * channels + channel}
 */
public record TensorOutput(String name, OutputKind kind, String layout) {

    public TensorOutput {
        Check.present("output.name", name);
        Check.present("output.kind", kind);
        Check.present("output.layout", layout);
    }
}
