/**
 * Recordings whose stems are known: folders, archives of stems, tables of files and generated songs, all read the same way,
 * with rules for what is wrong with them.
 */
package io.stemline.training.datasets;
