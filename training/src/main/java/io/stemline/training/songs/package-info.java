/**
 * Songs from nothing: written, played, sung and mixed by arithmetic, and the same for the same seed on every machine.
 * Where sound fonts are given, their instruments play some of the parts. They are training material whose stems are known exactly, and demonstration catalogues.
 */
package io.stemline.training.songs;
