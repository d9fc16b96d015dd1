/** Methods that separate without having learned anything, by what is known about music: figures that every model has to beat. */
package io.stemline.separation.blind;
