/** Sending tracks through again: those whose stems an older model made, or those that are named. They let all other work go first. */
package io.stemline.ingest.reseparation;
