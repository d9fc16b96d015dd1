/** Summaries of figures of which some may be missing: NaN is a figure that is not there, and is left out everywhere. */
package io.stemline.statistics;
