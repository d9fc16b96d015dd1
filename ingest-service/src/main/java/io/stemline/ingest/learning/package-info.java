/** How models came to be, which one is active, who asks for a better one, and what was made with which. */
package io.stemline.ingest.learning;
