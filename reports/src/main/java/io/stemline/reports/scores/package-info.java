/** Scores of many methods on many tracks, window by window, held in arrays. */
package io.stemline.reports.scores;
