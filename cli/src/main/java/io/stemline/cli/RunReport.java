package io.stemline.cli;

import io.stemline.cli.batches.BatchOutcome;
import io.stemline.cli.batches.OutcomeTable;
import io.stemline.cli.terminal.Durations;
import io.stemline.cli.terminal.Style;
import io.stemline.events.EvaluationCompleted.Check;
import io.stemline.events.EvaluationCompleted.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code run}, as its JSON shows it.
 *
 * @param output the folder with the stems
 * @param report the page on scores and checks
 * @param seconds how long it took, without starting and stopping
 * @param separated how many tracks have stems
 * @param failed how many have none
 */
record RunReport(
        String batchId,
        String output,
        Optional<String> report,
        double seconds,
        int separated,
        int failed,
        List<Track> tracks) {

    /**
     * One track.
     *
     * @param failure why it has no stems
     * @param folder where its stems are
     * @param fetched how many of its stems were not there before
     */
    record Track(
            String name,
            String path,
            Optional<String> failure,
            Optional<String> trackId,
            Optional<String> separationId,
            Optional<String> modelId,
            Optional<Double> lengthSeconds,
            Optional<Double> separationSeconds,
            Optional<String> folder,
            List<String> stems,
            int fetched,
            List<Score> scores,
            List<Check> checks,
            List<String> warnings) {

        static Track of(BatchOutcome.Track track) {
            var item = track.item();
            return new Track(
                    item.name(),
                    item.path(),
                    track.failure(),
                    item.trackId(),
                    item.separationId(),
                    item.modelId(),
                    item.lengthSeconds(),
                    item.separationSeconds(),
                    track.delivery().map(delivery -> delivery.folder().toString()),
                    track.delivery().stream()
                            .flatMap(delivery -> delivery.files().stream())
                            .map(Path::toString)
                            .toList(),
                    track.delivery().map(delivery -> delivery.fetched()).orElse(0),
                    item.scores(),
                    item.checks(),
                    item.warnings());
        }
    }

    static RunReport of(BatchOutcome outcome, Path output, Optional<Path> report) {
        int failed = outcome.failed().size();
        return new RunReport(
                outcome.batch().batchId(),
                output.toString(),
                report.map(Path::toString),
                outcome.took().toMillis() / 1e3,
                outcome.tracks().size() - failed,
                failed,
                outcome.tracks().stream().map(Track::of).toList());
    }

    String render(BatchOutcome outcome, Style style) {
        String summary = "%s, %s in %s"
                .formatted(
                        style.strong(count(separated, "track") + " separated"),
                        failed == 0 ? "none failed" : style.bad(failed + " failed"),
                        Durations.work(outcome.took()));
        String place = separated == 0 ? "" : "%nStems are in %s".formatted(output);
        String page = report.map(file -> "%nReport is in %s".formatted(file)).orElse("");
        return new OutcomeTable(outcome, style).render()
                + System.lineSeparator().repeat(2)
                + summary
                + place
                + page;
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
