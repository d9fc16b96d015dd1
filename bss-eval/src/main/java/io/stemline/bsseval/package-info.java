/**
 * Scores separated sources against their references: BSS Eval versions 3 and 4, the scale-invariant figures and plain
 * signal-to-noise ratios. Arrays in, scores out: the library knows no files, formats or services.
 */
package io.stemline.bsseval;
