/**
 * What is known of models: which one is active, who asks for a better one, what became of candidates, and which tracks may be learned
 * from. Every method works inside the caller's transaction; events that tell of a change go into the outbox of the same transaction.
 */
package io.stemline.registry;
