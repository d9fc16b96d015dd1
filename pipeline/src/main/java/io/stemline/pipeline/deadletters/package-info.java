/** What could not be done: the record as it was, with the reason, on a topic of its own. It can be listed and tried again. */
package io.stemline.pipeline.deadletters;
