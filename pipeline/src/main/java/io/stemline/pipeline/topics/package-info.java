/** Topics that are not work: what was said last on each key, followed by everyone. */
package io.stemline.pipeline.topics;
