/** The stems' places in the output folder. */
package io.stemline.cli.stems;
