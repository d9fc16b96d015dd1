/**
 * Scores and checks of separated audio files: what {@code bss-eval} computes on arrays, here on files of any format and length, for
 * whole tracks with whatever references they have.
 */
package io.stemline.evaluation;
