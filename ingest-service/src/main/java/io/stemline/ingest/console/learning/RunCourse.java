package io.stemline.ingest.console.learning;

import io.stemline.ingest.learning.RunView;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A training run as pages show it.
 *
 * @param charts validation and loss over the steps; none before the first validation
 */
record RunCourse(RunView run, List<Chart> charts) {
    static RunCourse of(RunView.Whole whole) {
        return new RunCourse(
                whole.run(),
                Stream.concat(
                                chart(whole, "Validation", " dB", true, RunView.Point::validationDb),
                                chart(whole, "Loss", "", false, RunView.Point::loss))
                        .toList());
    }

    private static Stream<Chart> chart(
            RunView.Whole whole, String title, String unit, boolean highIsGood, ToDoubleFunction<RunView.Point> value) {
        List<Chart.Point> points = whole.points().stream()
                .map(point -> new Chart.Point(point.step(), value.applyAsDouble(point)))
                .toList();
        return Chart.of(title, unit, highIsGood, points).stream();
    }

    /** How far it is, 0 to 1000. */
    public long progress() {
        return run.steps() == 0 ? 0 : Math.clamp(1000 * run.step() / run.steps(), 0, 1000);
    }
}
