/** The settings of this service. */
package io.stemline.ingest.settings;
