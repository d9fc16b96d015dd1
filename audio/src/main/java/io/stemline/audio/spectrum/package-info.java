/**
 * Signals as spectra: the short-time Fourier transform and its exact inverse, the mel scale, and decibels.
 */
package io.stemline.audio.spectrum;
