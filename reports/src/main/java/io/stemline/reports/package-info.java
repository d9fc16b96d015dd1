/** Reports on scores: what was separated, how well, and what to make of it. */
package io.stemline.reports;
