package io.stemline.trainer.queues;

import io.stemline.events.ModelTrained;
import io.stemline.events.RetrainingRequested;
import io.stemline.events.Topics;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.queue.EventHandler;
import io.stemline.registry.Promotions;
import io.stemline.service.QueueRole;
import io.stemline.trainer.runs.TrainOnRequest;
import io.stemline.trainer.trials.BeginTrial;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queues of requests and of candidates, and what works on them stands on. One run at a time: it has the whole machine. */
final class TrainerQueues {
    private static final String GROUP = "trainer-service";

    @Produces
    @Singleton
    QueueRole requests(TrainOnRequest trainOnRequest) {
        return new QueueRole(
                Topics.RETRAINING_REQUESTED, GROUP, 1, EventHandler.reading(RetrainingRequested.class, trainOnRequest));
    }

    @Produces
    @Singleton
    Promotions promotions(Outbox outbox) {
        return new Promotions(outbox);
    }

    @Produces
    @Singleton
    QueueRole candidates(BeginTrial beginTrial) {
        return new QueueRole(Topics.MODEL_TRAINED, GROUP, 1, EventHandler.reading(ModelTrained.class, beginTrial));
    }
}
