/** Fourier transforms of many real signals at once, in vector instructions. */
package io.stemline.fft;
