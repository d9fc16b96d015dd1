/** Networks, songs to train them on, and the way from a configuration to a model package. */
package io.stemline.training;
