/**
 * Stemline on one machine: a Kafka broker and a PostgreSQL server that need no installation and keep what they hold across
 * restarts, and the lifeline that ends a child process when its parent is gone.
 */
package io.stemline.local;
