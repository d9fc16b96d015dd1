/** The pages that people look at: layout, figures in words, and what keeps other sites out. */
package io.stemline.ingest.console;
