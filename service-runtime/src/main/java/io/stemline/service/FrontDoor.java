package io.stemline.service;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/** What every request to a service passes first: its answer tells browsers to be careful, and the service's {@link Guard} examines it. */
final class FrontDoor {
    private static final int BEFORE_ALL_ELSE = 1000;
    private static final int NOT_FOUND = 404;

    /** Pages have a policy of their own, which allows more; what is no page needs nothing. */
    private static final Map<String, String> CAREFUL = Map.of(
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final Guard guard;

    FrontDoor(@All List<Guard> guards) {
        this.guard = guards.isEmpty() ? FrontDoor::healthAndMetrics : guards.getFirst();
    }

    void open(@Observes Filters filters) {
        filters.register(FrontDoor::tellToBeCareful, BEFORE_ALL_ELSE + 1);
        filters.register(guard::examine, BEFORE_ALL_ELSE);
    }

    private static void tellToBeCareful(RoutingContext request) {
        request.addHeadersEndHandler(end -> {
            MultiMap headers = request.response().headers();
            CAREFUL.forEach((name, value) -> {
                if (!headers.contains(name)) {
                    headers.set(name, value);
                }
            });
        });
        request.next();
    }

    private static void healthAndMetrics(RoutingContext request) {
        if (HealthPaths.contain(request.normalizedPath())) {
            request.next();
        } else {
            request.response().setStatusCode(NOT_FOUND).end();
        }
    }
}
