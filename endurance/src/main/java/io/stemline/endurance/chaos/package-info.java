/**
 * The whole system under fire: parts of it are killed, stopped and cut off at random, by a schedule that follows from a seed, while tracks
 * go through; at the end everything that was submitted is held against rows, files and events.
 */
package io.stemline.endurance.chaos;
