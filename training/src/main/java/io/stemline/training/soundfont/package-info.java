/**
 * Reads SoundFont 2 files and plays their instruments, offline and repeatably. Only training uses it, and only where sound
 * fonts are given.
 */
package io.stemline.training.soundfont;
