package io.stemline.training.songs;

/** Throat and mouth, as the resonances that the sound of the vocal folds passes. */
interface Formants {
    /** What comes out of the mouth during a hop, in place. */
    void filter(double[] block, Articulation articulation, int hop);

    /** Silence: nothing rings on. */
    void stop();
}
