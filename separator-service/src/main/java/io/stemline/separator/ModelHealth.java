package io.stemline.separator;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness tells which model separates. A promoted one that cannot be used is no reason not to be ready: the one before goes on. */
final class ModelHealth {

    @Produces
    @Singleton
    @Readiness
    HealthCheck models(ChangeOver changeOver) {
        return () -> HealthCheckResponse.named("models")
                .up()
                .withData("models", changeOver.sentence())
                .build();
    }
}
