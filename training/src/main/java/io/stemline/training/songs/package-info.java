/**
 * Songs from nothing: written, played, sung and mixed by arithmetic, without samples or recordings, and the same for the
 * same seed on every machine. They are training material whose stems are known exactly, and demonstration catalogues.
 */
package io.stemline.training.songs;
