/** The catalogue's API as seen by the command line. */
package io.stemline.cli.catalogue;
