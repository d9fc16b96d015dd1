/** Who may do what: keys, the roles that they have, log-in with a browser, and the guard that every request passes. */
package io.stemline.ingest.access;
