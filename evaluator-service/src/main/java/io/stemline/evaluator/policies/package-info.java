/** Policies: when scores, checks, new references or time ask for a better model. */
package io.stemline.evaluator.policies;
