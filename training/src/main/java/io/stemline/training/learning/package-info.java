/** Networks at work: learning from batches, being measured, and answering as they will after training. */
package io.stemline.training.learning;
