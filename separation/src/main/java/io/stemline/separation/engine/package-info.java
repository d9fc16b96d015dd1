/** The front door: load models, separate mixtures, keep stems as files. */
package io.stemline.separation.engine;
