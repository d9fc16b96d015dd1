/** What the API's description says beyond the signatures: examples, and how errors look. */
package io.stemline.ingest.openapi;
