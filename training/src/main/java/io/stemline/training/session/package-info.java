/** A model folder from settings to an exported model: what the commands {@code config}, {@code train} and {@code test} do. */
package io.stemline.training.session;
