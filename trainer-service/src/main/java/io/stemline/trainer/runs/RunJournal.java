package io.stemline.trainer.runs;

import io.stemline.events.Progress;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.StoreException;
import io.stemline.trainer.runs.Run.State;
import io.stemline.training.process.TrainingMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how a run goes: its row, its validations, its checkpoint in the object store, and words to those who watch. While the
 * database or the store is away training goes on; what could not be written follows when they are back.
 */
final class RunJournal {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunJournal.class);
    private static final long BETWEEN_WORDS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final String SERVICE = "trainer-service";

    private final Run run;
    private final RunRows rows;
    private final ObjectStore store;
    private final EventPublisher publisher;
    private final Path checkpoint;
    private final List<RunPoint> unwritten = new ArrayList<>();
    private State state = State.PREPARING;
    private long step;
    private Optional<Double> bestDb = Optional.empty();
    private boolean checkpointUnstored;
    private boolean behind;
    private long nextWordAt = System.nanoTime();

    /** @param checkpoint where the training process keeps it up to date */
    RunJournal(Run run, RunRows rows, ObjectStore store, EventPublisher publisher, Path checkpoint) {
        this.run = run;
        this.rows = rows;
        this.store = store;
        this.publisher = publisher;
        this.checkpoint = checkpoint;
    }

    void stepped(TrainingMessage.Stepped stepped) {
        state = State.TRAINING;
        step = stepped.step();
        say(stepped.fraction());
        flushNowAndThen();
    }

    void validated(TrainingMessage.Validated validated) {
        state = State.TRAINING;
        step = validated.step();
        bestDb = validated.best() ? Optional.of(validated.validationDb()) : bestDb;
        unwritten.add(new RunPoint(validated.step(), validated.loss(), validated.validationDb(), validated.seconds()));
        checkpointUnstored = true;
        LOGGER.atInfo()
                .addKeyValue("model", run.candidateId())
                .addKeyValue("step", validated.step())
                .addKeyValue("seconds", validated.seconds())
                .log("Validated: {} dB", Math.round(validated.validationDb() * 100) / 100.0);
        flush();
    }

    /**
     * Says that the run is under work, if that was not said just now.
     *
     * @throws LeaseLostException if it is another trainer's by now
     */
    void flushNowAndThen() {
        if (System.nanoTime() >= nextWordAt) {
            flush();
        }
    }

    /** Writes all that there is to be written, as far as that is possible now. */
    void flush() {
        storeCheckpoint();
        try {
            rows.progress(run.runId(), state, step, bestDb, unwritten);
            unwritten.clear();
            behind = false;
        } catch (JdbiException e) {
            if (!behind) {
                LOGGER.atWarn()
                        .addKeyValue("model", run.candidateId())
                        .log("Training goes on, its rows follow later: {}", e.getMessage());
            }
            behind = true;
        }
        nextWordAt = System.nanoTime() + BETWEEN_WORDS_NANOS;
    }

    /**
     * Returns once all is written. The database may be away for long: nothing is lost by waiting for it, where the figures of what was
     * learned meanwhile would be lost without.
     */
    void catchUp() throws InterruptedException {
        flush();
        while (behind) {
            Thread.sleep(BETWEEN_TRIES);
            flush();
        }
    }

    private void storeCheckpoint() {
        if (!checkpointUnstored || !Files.exists(checkpoint)) {
            return;
        }
        try {
            store.put(run.checkpointKey(), checkpoint);
            checkpointUnstored = false;
        } catch (StoreException e) {
            LOGGER.atWarn()
                    .addKeyValue("model", run.candidateId())
                    .log("Training goes on, its checkpoint is stored later: {}", e.getMessage());
        }
    }

    /** Keeps the checkpoint that a process wrote when it was stopped. */
    void stopped() {
        checkpointUnstored = true;
        storeCheckpoint();
    }

    private void say(double fraction) {
        publisher
                .publish(OutgoingEvent.once(new Progress(run.runId(), SERVICE, "training", fraction, Optional.empty())))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        LOGGER.atDebug().log("Progress was not published: {}", failure.toString());
                    }
                });
    }
}
