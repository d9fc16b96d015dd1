/** Where audio, stems, models and reports lie: objects under keys, a folder on one machine or a bucket in a cluster. */
package io.stemline.pipeline.store;
