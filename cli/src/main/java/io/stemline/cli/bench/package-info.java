/** Measures how fast separation is, every case in a process of its own. */
package io.stemline.cli.bench;
