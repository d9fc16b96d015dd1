/** Turns a mixture into stems: the engine, its settings, and what can go wrong. */
package io.stemline.separation;
