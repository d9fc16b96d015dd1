/** A report as one HTML file that needs nothing else. */
package io.stemline.reports.page;
