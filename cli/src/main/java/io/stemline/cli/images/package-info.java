/** Pictures of a track and its stems, drawn from the samples as they pass by. */
package io.stemline.cli.images;
