package io.stemline.training.songs;

/**
 * A note as it is written.
 *
 * @param beat when it starts, in beats from the start of the song
 * @param beats how long it is held
 * @param pitch MIDI pitch
 * @param velocity 0 to 1
 */
record Note(double beat, double beats, int pitch, double velocity) {
    double end() {
        return beat + beats;
    }
}
