/** What is going on right now, for those who watch. */
package io.stemline.ingest.progress;
