/** Reports that the command line makes. */
package io.stemline.cli.reports;
