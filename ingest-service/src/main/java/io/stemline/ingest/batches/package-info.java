/** Batches: what was submitted together, and how far each entry is. */
package io.stemline.ingest.batches;
