/** Separates a stream of audio segment by segment: reading, the network and writing at the same time, in memory that does not depend on the track's length. */
package io.stemline.separation.streaming;
