package io.stemline.service;

import io.vertx.ext.web.RoutingContext;

/**
 * Decides who may do what in a service that has an API, and produces a bean of this type. A service without one answers to questions
 * for its health and its metrics, and to nothing else.
 */
@FunctionalInterface
public interface Guard {

    /** Lets a request pass, with {@link RoutingContext#next()}, or answers it. Must not block. */
    void examine(RoutingContext request);
}
