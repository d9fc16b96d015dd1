/** Scores of many tracks: finding what belongs together, scoring it track by track, and keeping the figures in files. */
package io.stemline.cli.scores;
