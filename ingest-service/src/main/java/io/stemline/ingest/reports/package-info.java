/** Reports on batches and models. */
package io.stemline.ingest.reports;
