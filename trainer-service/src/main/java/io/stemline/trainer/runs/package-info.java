/** Training runs, from a request to a candidate. */
package io.stemline.trainer.runs;
