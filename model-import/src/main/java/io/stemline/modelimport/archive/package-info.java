/** Archives from strangers, unpacked without trusting them. */
package io.stemline.modelimport.archive;
