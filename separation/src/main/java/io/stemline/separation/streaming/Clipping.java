package io.stemline.separation.streaming;

/** What is done to stems that are louder than full scale. */
public enum Clipping {
    /** Nothing: encodings of floats keep what is above full scale, others saturate. Stems add up to the mixture. */
    NONE,
    /** Every sample is limited to full scale, in every encoding. */
    CLAMP,
    /**
     * All stems are made quieter by the same factor, so that the loudest sample of all is at full scale. Their balance is
     * kept, and they add up to the mixture times that factor. Stems are kept in temporary files until the factor is known.
     */
    RESCALE
}
