/** The pages of data sets: what is in them, in which split, and what was not taken. */
package io.stemline.ingest.console.datasets;
