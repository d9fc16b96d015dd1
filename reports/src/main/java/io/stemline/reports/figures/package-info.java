/** What a report says about scores: medians with their intervals, box plots, differences and ranks. */
package io.stemline.reports.figures;
