package io.stemline.service;

/** Where services tell of their health and metrics. Whoever reaches a service may ask: no track and no key is named there. */
public final class HealthPaths {
    private static final String HEALTH = "/q/health";
    private static final String METRICS = "/q/metrics";

    private HealthPaths() {}

    /** @param path as {@link io.vertx.ext.web.RoutingContext#normalizedPath()} has it */
    public static boolean contain(String path) {
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/") || path.equals(METRICS);
    }
}
