/** Scores of the catalogue's database, read only. */
package io.stemline.reports.rows;
