/** Errors of the API: RFC 9457 problem documents with a code, a title and a sentence that says what to do. */
package io.stemline.ingest.problems;
