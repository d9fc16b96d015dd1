package io.stemline.endurance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/chaos}. */
final class ChaosTest {
    private static final Path PROJECT = Path.of(System.getProperty("stemline.project-root"));

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostOrDoubledWhateverIsKilledOrStopped() throws Exception {
        // Given
        assumeTrue(
                Files.exists(PROJECT.resolve("separator-service/target/quarkus-app/quarkus-run.jar")),
                "NOT TESTED WITH CHAOS: the services are not built; 'mvn verify' builds them");
        var settings =
                new ChaosRun.Settings(PROJECT, folder, 11, 40, 6, Duration.ofSeconds(4), false, Duration.ofMinutes(2));
        int filesAndARecordThatIsNoEvent = 41;

        // When
        ChaosReport report = new ChaosRun(settings, System.out::println).run();

        // Then
        assertThat(report.findings()).as(report.text()).isEmpty();
        assertThat(report.lines()).filteredOn(ChaosReport.Line::hit).hasSizeGreaterThan(2);
        assertThat(report.figures()).containsEntry("submitted", filesAndARecordThatIsNoEvent);
    }

    @Test
    void theSameSeedGivesTheSameSchedule() {
        // Given
        var settings = new Schedule.Settings(100, List.of("a-service", "b-service"), Duration.ofSeconds(8), true);

        // When
        Schedule schedule = Schedule.of(7, settings);

        // Then
        assertThat(schedule).isEqualTo(Schedule.of(7, settings));
        assertThat(schedule).isNotEqualTo(Schedule.of(8, settings));
        assertThat(schedule.steps())
                .extracting(step -> step.blow().getClass().getSimpleName())
                .contains("Kill", "KillPostmaster", "KillBackend", "CutDatabase", "Pause", "FillStore");
    }

    @Test
    void anUpgradeBeginsWithTheCatalogueAndGoesBackOnce() {
        // When
        Schedule schedule = Schedule.upgrade(
                List.of("evaluator-service", "ingest-service", "separator-service"), Duration.ofSeconds(1));

        // Then
        assertThat(schedule.steps())
                .extracting(step -> step.blow().target() + ": " + step.blow().action())
                .containsExactly(
                        "ingest-service: the version after",
                        "evaluator-service: the version after",
                        "separator-service: the version after",
                        "separator-service: the version before",
                        "separator-service: the version after");
    }
}
