/**
 * What training makes small. A {@link io.stemline.training.loss.Loss} is configured by a record and adds itself to a graph
 * that gives it the {@link io.stemline.training.loss.Quantity quantities} it needs.
 */
package io.stemline.training.loss;
