/** Speed, pitch and filters for whole signals and chunks of them. */
package io.stemline.training.datasets.effects;
