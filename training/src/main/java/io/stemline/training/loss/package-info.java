/** What training makes small. */
package io.stemline.training.loss;
