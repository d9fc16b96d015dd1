package io.stemline.ingest.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(Backends.class)
class CataloguePagingTest {
    private static final int ENTRIES = 95;

    @Inject
    Jdbi database;

    private Rows rows;

    @BeforeEach
    void fill() {
        rows = new Rows(database);
        rows.clear();
        rows.batch("b1", "One");
        rows.batch("b2", "Two");
        for (int n = 0; n < ENTRIES; n++) {
            rows.entry(n % 2 == 0 ? "b1" : "b2", n, "QUEUED", "Song " + (n * 37 % 10));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "newest,desc,''",
        "newest,asc,''",
        "newest,asc,song",
        "title,asc,''",
        "title,desc,song",
        "artist,asc,''",
        "length,desc,''",
        "length,desc,so",
        "score,desc,''",
        "score,asc,song"
    })
    void everyEntryIsOnExactlyOnePage(String sort, String order, String text) {
        // Given
        var seen = new ArrayList<String>();
        String after = "";

        // When
        do {
            JsonPath page = page("q=" + text + "&sort=" + sort + "&order=" + order + "&limit=10&after=" + after);
            seen.addAll(page.getList("entries.itemId"));
            after = page.getString("next");
        } while (after != null);

        // Then
        assertThat(new HashSet<>(seen)).hasSize(ENTRIES);
        assertThat(seen).hasSize(ENTRIES);
    }

    @Test
    void entriesComeInTheOrderAskedFor() {
        // Given, When
        List<String> titles = page("sort=title&limit=95").getList("entries.title");
        List<String> newest = page("limit=3").getList("entries.itemId");

        // Then
        assertThat(titles).isSorted();
        assertThat(newest).containsExactly("b2-1", "b2-3", "b2-5");
    }

    @Test
    void filtersWorkTogether() {
        // Given
        rows.entry("b1", 200, "FAILED", "Needle_in 50%");

        // When, Then
        assertThat(page("q=needle_in%2050%25").getInt("matches")).isEqualTo(1);
        assertThat(page("q=needleXin").getInt("matches")).isZero();
        assertThat(page("state=failed&batch=b1").getList("entries.itemId")).isEqualTo(List.of("b1-200"));
        assertThat(page("title=song%203&artist=an%20art&batch=b2").getList("entries.title"))
                .isNotEmpty()
                .containsOnly("Song 3");
        assertThat(page("minScore=-100").getInt("matches")).isZero();
        assertThat(page("model=none").getInt("matches")).isZero();
    }

    private static JsonPath page(String query) {
        return given().urlEncodingEnabled(false)
                .get("/api/catalogue?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
