/** The page of what could not be done. */
package io.stemline.ingest.console.deadletters;
