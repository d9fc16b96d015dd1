/** HTML and SVG that are well-formed by the way they are written, and in which every text is escaped. */
package io.stemline.reports.markup;
