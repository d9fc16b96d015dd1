/** From trained weights to a model package that can be run, scored and shared. */
package io.stemline.training.export;
