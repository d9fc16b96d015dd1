/** Files as they were submitted: what they are, and the names that they get in the object store. */
package io.stemline.ingest.files;
