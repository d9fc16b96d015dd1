/** Which events this service works on. */
package io.stemline.trainer.queues;
