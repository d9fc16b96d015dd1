package io.stemline.trainer.runs;

import io.stemline.trainer.TrainerConfig;
import io.stemline.training.process.TrainingMessage;
import io.stemline.training.process.TrainingProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains in a process of its own, and sees to it that it comes to its end:
 *
 * <ol>
 *   <li>The process dies: another goes on from its checkpoint. That happens too often without a new checkpoint: the run is refused,
 *       with the end of the log.
 *   <li>The process refuses: so does this, with its sentence.
 *   <li>This thread is interrupted, as the service stops: the process writes a checkpoint, which is stored, and ends.
 *   <li>The run is another trainer's: the process is ended at once.
 * </ol>
 */
final class SupervisedTraining {
    private static final Logger LOGGER = LoggerFactory.getLogger(SupervisedTraining.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Run run;
    private final Path folder;
    private final RunJournal journal;
    private final TrainerConfig config;
    private int deaths;

    /** @param folder with the order */
    SupervisedTraining(Run run, Path folder, RunJournal journal, TrainerConfig config) {
        this.run = run;
        this.folder = folder;
        this.journal = journal;
        this.config = config;
    }

    /** Trains to the end; the folder of the package. */
    Path finish() throws RefusedRunException, IOException, InterruptedException {
        while (true) {
            try (TrainingChild child = TrainingChild.start(folder, config.heap())) {
                LOGGER.atInfo()
                        .addKeyValue("model", run.candidateId())
                        .addKeyValue("process", child.pid())
                        .log("Training");
                Said said = listen(child);
                if (said.exported.length() > 0 && child.exitCode() == TrainingProcess.TRAINED) {
                    return Path.of(said.exported);
                }
                died(child);
            }
        }
    }

    /** What a process said at its end. */
    private record Said(String exported) {}

    private Said listen(TrainingChild child) throws RefusedRunException, InterruptedException {
        String exported = "";
        try {
            while (!child.isOver()) {
                var message = child.next(BETWEEN_LOOKS);
                if (message.isPresent()) {
                    switch (message.get()) {
                        case TrainingMessage.Opened opened ->
                            LOGGER.atInfo()
                                    .addKeyValue("model", run.candidateId())
                                    .log("Learning from {}", opened.summary());
                        case TrainingMessage.Stepped stepped -> journal.stepped(stepped);
                        case TrainingMessage.Validated validated -> {
                            journal.validated(validated);
                            deaths = 0;
                        }
                        case TrainingMessage.Exported written -> exported = written.folder();
                        case TrainingMessage.Refused refused -> throw new RefusedRunException(refused.sentence());
                    }
                }
                journal.flushNowAndThen();
            }
            return new Said(exported);
        } catch (InterruptedException e) {
            child.stop();
            journal.stopped();
            throw e;
        }
    }

    private void died(TrainingChild child) throws RefusedRunException {
        deaths++;
        LOGGER.atWarn()
                .addKeyValue("model", run.candidateId())
                .addKeyValue("attempt", deaths)
                .log("The training process ended with {}; the end of its log:\n{}", child.exitCode(), child.endOfLog());
        if (deaths > config.restarts()) {
            throw new RefusedRunException(
                    "the training process ended %d times without getting further, at last with code %d; its log ends:\n%s"
                            .formatted(deaths, child.exitCode(), child.endOfLog()));
        }
    }
}
