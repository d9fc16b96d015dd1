/** The pages of models and of how they came to be: scores, cards, training curves, requests, trials, lineage. */
package io.stemline.ingest.console.learning;
