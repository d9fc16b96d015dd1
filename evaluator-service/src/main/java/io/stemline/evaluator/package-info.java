/** Takes {@code stems.ready}, scores the stems or checks them without references, and says {@code evaluation.completed}. */
package io.stemline.evaluator;
