package io.stemline.trainer.runs;

import java.util.Optional;

/**
 * A training run as its row has it.
 *
 * @param runId 64 hexadecimal digits that follow from the request
 * @param candidateId the model that it makes
 * @param parentModelId the model that it is to be better than
 * @param configuration of the network and of the training, as {@code config.json} has it
 * @param datasetSha256 hash of all that it learns from
 * @param reason why it failed, where it did
 * @param fromScratch why it starts at random weights, where it does not start at the parent's
 */
record Run(
        String runId,
        String requestId,
        String candidateId,
        String parentModelId,
        String configuration,
        String datasetSha256,
        String codeVersion,
        long seed,
        long steps,
        State state,
        Optional<String> reason,
        Optional<String> fromScratch) {

    /** How far a run is. */
    enum State {
        PREPARING,
        TRAINING,
        TRAINED,
        FAILED;

        boolean ended() {
            return this == TRAINED || this == FAILED;
        }
    }

    static Run failed(Run run, String reason) {
        return new Run(
                run.runId,
                run.requestId,
                run.candidateId,
                run.parentModelId,
                run.configuration,
                run.datasetSha256,
                run.codeVersion,
                run.seed,
                run.steps,
                State.FAILED,
                Optional.of(reason),
                run.fromScratch);
    }

    /** Where the tracks and files of the run are listed. */
    String tracksKey() {
        return "runs/%s/tracks.json".formatted(runId);
    }

    String checkpointKey() {
        return "runs/%s/checkpoint.bin".formatted(runId);
    }
}
