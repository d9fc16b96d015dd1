/** Takes {@code retraining.requested}, trains, has the candidate judged beside the active model, and promotes or refuses it. */
package io.stemline.trainer;
