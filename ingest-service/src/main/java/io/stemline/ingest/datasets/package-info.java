/** Data sets: tracks with their true stems, divided so that models never learn from what they are judged by. */
package io.stemline.ingest.datasets;
