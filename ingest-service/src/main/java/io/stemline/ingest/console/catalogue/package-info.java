/** All entries that were ever submitted: searched, filtered, sorted, paged, and acted upon. */
package io.stemline.ingest.console.catalogue;
