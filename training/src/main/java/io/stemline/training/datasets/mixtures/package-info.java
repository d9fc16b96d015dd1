/** Mixtures made of isolated sounds, with a manifest of everything that was drawn. */
package io.stemline.training.datasets.mixtures;
