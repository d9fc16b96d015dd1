/** Separation with the truth at hand: how far masks and filters can get at best, as upper bounds for models. */
package io.stemline.separation.oracle;
