package io.stemline.evaluator;

import io.stemline.events.StemsReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.service.QueueRole;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queue of separations to be evaluated. */
final class EvaluatorQueue {

    @Produces
    @Singleton
    QueueRole separations(EvaluateSeparation evaluateSeparation, EvaluatorConfig config) {
        return new QueueRole(
                Topics.STEMS_READY,
                "evaluator-service",
                config.workers(),
                EventHandler.reading(StemsReady.class, evaluateSeparation));
    }
}
