/** What an operator watches of the catalogue as a whole: what waits, for how long, what failed, and how good the stems are. */
package io.stemline.ingest.metrics;
