package io.stemline.ingest.upgrade;

import static io.restassured.RestAssured.given;
import static io.stemline.ingest.upgrade.FirstVersionTables.BATCH;
import static io.stemline.ingest.upgrade.FirstVersionTables.SEPARATION;
import static io.stemline.ingest.upgrade.FirstVersionTables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.events.Topics;
import io.stemline.pipeline.Broker;
import io.stemline.service.testing.Topic;
import io.stemline.tables.TableVersion;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What the first version of Stemline left in the database is there for this one, and what was under way goes on. */
@QuarkusTest
@WithTestResource(FirstVersionTables.class)
class UpgradeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Jdbi database;

    @Inject
    Broker broker;

    @Test
    void theTablesAreAtTheVersionOfThisProgram() {
        // When
        int version = database.withHandle(
                handle -> handle.select("select max(version::int) from flyway_schema_history where success")
                        .mapTo(Integer.class)
                        .one());

        // Then
        assertThat(version).isEqualTo(TableVersion.CURRENT);
    }

    @Test
    void aTrackHasItsSeparationWithStemsScoresAndChecks() {
        given().get("/api/tracks/{id}", TRACK)
                .then()
                .statusCode(200)
                .body("title", equalTo("Alt"))
                .body("artist", equalTo("Ärger"))
                .body("references", hasItem("vocals"))
                .body("separations[0].separationId", equalTo(SEPARATION))
                .body("separations[0].modelId", equalTo("unet-1"))
                .body("separations[0].stems.stem", hasItems("vocals", "other"))
                .body("separations[0].checks.name", hasItem("stems-add-up"))
                .body("separations[0].scores.find { it.metric == 'SDR' }.value", equalTo(7.25f));
    }

    @Test
    void aBatchHasItsEntriesAndWhatWasNotTakenInIsTakenInNow() {
        // Then the file is gone meanwhile, which is a visible failure
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/batches/{id}/items", BATCH)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo(java.util.List.of("DONE", "FAILED", "FAILED")))
                        .body("[1].reason", containsString("gone.wav"))
                        .body("[2].reason", equalTo("bad.wav: not audio")));
    }

    @Test
    void theCatalogueFindsWhatWasThereByWhatItIsSearchedByToday() {
        given().queryParam("q", "ärger")
                .get("/api/catalogue")
                .then()
                .statusCode(200)
                .body("entries", hasSize(1))
                .body("entries[0].title", equalTo("Alt"));
    }

    @Test
    void deadLettersAreThereAndWhatWaitedInTheOutboxIsPublished() {
        // Then
        given().get("/api/dead-letters").then().statusCode(200).body("reason", hasItem("no model 'x'"));
        assertThat(Topic.await(
                        broker,
                        Topics.STEMS_READY,
                        PATIENCE,
                        record -> record.key().equals(TRACK)))
                .isNotNull();
    }

    @Test
    void theReportOfAnOldBatchHasItsScores() {
        given().get("/api/reports/batches/{id}.json", BATCH)
                .then()
                .statusCode(200)
                .body(containsString("7.25"));
    }
}
