package io.stemline.service;

import io.stemline.pipeline.HealthFact;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Health as Quarkus serves it. Liveness never depends on other systems, nor on how long a job takes. */
final class HealthChecks {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive(ServiceLifecycle service) {
        return () -> response("threads", service.alive());
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck ready(ServiceLifecycle service) {
        return () -> {
            try {
                return response("pipeline", service.ready(PATIENCE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return HealthCheckResponse.down("pipeline");
            }
        };
    }

    private static HealthCheckResponse response(String name, List<HealthFact> facts) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(name).status(facts.stream().allMatch(HealthFact::well));
        facts.forEach(fact -> response.withData(fact.name(), fact.sentence()));
        return response.build();
    }
}
