package io.stemline.evaluator;

import io.stemline.events.ReferencesReady;
import io.stemline.events.StemsReady;
import io.stemline.events.Topics;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.service.QueueRole;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queues of separations to be evaluated, and of references to evaluate by again. */
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

    @Produces
    @Singleton
    QueueRole references(ScoreAgain scoreAgain) {
        return new QueueRole(
                Topics.REFERENCES_READY,
                "evaluator-service",
                1,
                EventHandler.reading(ReferencesReady.class, scoreAgain));
    }
}
