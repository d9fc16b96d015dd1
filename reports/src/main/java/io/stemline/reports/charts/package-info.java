/** Charts as SVG: drawn on the server, sharp at any size, in the page's colours. */
package io.stemline.reports.charts;
