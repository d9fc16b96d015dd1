/** What could not be done: recorded where people see it, and tried again when they ask. */
package io.stemline.ingest.deadletters;
