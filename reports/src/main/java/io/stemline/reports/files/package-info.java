/** Reports as files that other programs read, and the way back from our own. */
package io.stemline.reports.files;
