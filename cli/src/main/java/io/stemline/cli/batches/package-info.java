/** Following a batch from its submission to the stems in the output folder. */
package io.stemline.cli.batches;
