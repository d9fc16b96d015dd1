/** What Quarkus adds to the pipeline in every service: configuration, wiring, life cycle, health and metrics. */
package io.stemline.service;
