package io.stemline.ingest.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class LearningPagesTest {
    private static final String CHILD = "unet-1-20260131-1f9c03";
    private static final String REQUEST = "5f3d1f9c03";

    @TestHTTPResource("/")
    URL origin;

    @Inject
    Jdbi database;

    @Inject
    ObjectStore store;

    private Browser browser;
    private LearningRows rows;
    private String separationId;

    /** Two generations: unet-1 came with the installation, its child was trained from it and is a candidate. */
    @BeforeEach
    void open() {
        browser = Browser.open(origin.toString().replaceAll("/$", ""));
        rows = new LearningRows(database);
        rows.clear();
        rows.model(store, "unet-1", null, null, "INSTALLED", null);
        rows.scored("unet-1", "First song", "vocals", "SDR", 4);
        rows.scored("unet-1", "Second song", "vocals", "SDR", 6);
        rows.scored("unet-1", "Third song", "vocals", "SDR", Double.NaN);
        String evidence = LearningRows.evaluationId(rows.scored("unet-1", "Fourth song", "vocals", "SDR", 1));
        rows.request(
                REQUEST,
                "unet-1",
                "the median SDR of vocals is 4.00 dB, and <b>5.00 dB</b> are wanted",
                "[\"%s\", \"a fact in words\"]".formatted(evidence));
        rows.joined(REQUEST, "person", "it hums");
        rows.run("run-1f9c03", REQUEST, CHILD, "unet-1", "First song");
        rows.model(store, CHILD, "unet-1", "run-1f9c03", "CANDIDATE", null);
        separationId = rows.scored(CHILD, "First song", "vocals", "SDR", 5);
        rows.scored(CHILD, "Second song", "vocals", "SDR", 8.5);
        rows.trial(CHILD, "unet-1", REQUEST, "PROMOTED", "better beyond doubt: SI-SDR +1.00 dB");
        rows.dataset("evening songs", "First song", "TRAIN");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void modelsAreListedWithTheMediansOfWhatWasScored() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        page.navigate("/models");

        // Then: NaN counts for nothing, so the medians are of 1, 4, 6 and of 5, 8.5
        assertThat(cells(page, "unet-1")).contains("unet-1 active", "installed", "4.00", "4");
        assertThat(cells(page, CHILD)).contains(CHILD, "6.75", "2");
        browser.assertSoundEverywhere("/models", "models");
    }

    @Test
    void aModelStandsBesideItsParentOnTheTracksThatBothHave() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        page.navigate("/models/" + CHILD);

        // Then: gains of 1 and 2.5 on the two songs, medians 6.75 and 5
        assertThat(page.locator("section:has(#beside-title) tbody tr").allInnerTexts())
                .containsExactly("SDR vocals\t6.75\t5.00\t+1.75\t2");
        assertThat(page.locator(".chart-plot[aria-label^='Validation over 50 points: from']")
                        .count())
                .isEqualTo(1);
        assertThat(((Number) page.evaluate(
                                "document.querySelector('.chart-plot polyline').getBoundingClientRect().height"))
                        .doubleValue())
                .isGreaterThan(50);
        assertThat(page.locator("section:has(#trial-title)").innerText())
                .contains("+1.00 dB", "(+0.40 to +1.60)", "drums −0.20 dB", "2, failed on 1, 3 left out");
        assertThat(page.locator("section:has(#separated-title) li").allInnerTexts())
                .hasSize(2);
        browser.assertSoundEverywhere("/models/" + CHILD, "model");
    }

    @Test
    void aCardIsShownAndCannotDoAnything() {
        // Given
        LearningRows.card(store, CHILD, """
                # My model
                <script>document.title = 'taken'</script>

                Look ![a curve](https://elsewhere.example/p.png) and [click](javascript:alert(1)) or [read](https://example.org).

                | stem | dB |
                | --- | --- |
                | vocals | 5.96 |
                """);
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        page.navigate("/models/" + CHILD);

        // Then
        assertThat(page.locator(".prose h3").innerText()).isEqualTo("My model");
        assertThat(page.locator(".prose").innerText())
                .contains("<script>document.title = 'taken'</script>", "Look a curve and click");
        assertThat(page.locator(".prose td").allInnerTexts()).containsExactly("vocals", "5.96");
        assertThat(page.locator(".prose img, .prose script").count()).isZero();
        assertThat(page.locator(".prose a").evaluateAll("links => links.map(link => link.getAttribute('href'))"))
                .isEqualTo(List.of("", "https://example.org"));
        assertThat(page.title()).startsWith(CHILD);
        browser.assertSound(page);
    }

    @Test
    void promotingRefusingAndTakingBackAskFirst() {
        // Given
        browser.assertSoundEverywhere("/models/" + CHILD + "/refuse", "decision");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/models/" + CHILD);

        // When
        page.click("text=Promote…");
        assertThat(page.locator("main").innerText())
                .contains("Make %s the active model?".formatted(CHILD), "It takes over from unet-1.");
        browser.assertSound(page);
        page.fill("input[name=reason]", "sounds <better>");
        page.click("button:text-is('Promote')");
        page.waitForSelector("text=This model is active now.");

        // Then
        assertThat(rows.text("select model_id from slot")).isEqualTo(CHILD);
        assertThat(rows.text("select reason from promotion")).isEqualTo("sounds <better>");
        page.navigate("/models");
        page.click("text=Take the last change back…");
        page.click("button:text-is('Take back')");
        page.waitForSelector("text=unet-1 is the active model now.");
        page.navigate("/models/" + CHILD);
        page.click("text=Refuse…");
        page.click("button:text-is('Refuse')");
        assertThat(page.url()).endsWith("/refuse");
        page.fill("input[name=reason]", "it hums");
        page.click("button:text-is('Refuse')");
        page.waitForSelector("text=It was decided against this model.");
        page.navigate("/models");
        assertThat(page.locator("section:has(#refusals-title)").innerText()).contains(CHILD, "it hums");
        assertThat(page.locator("section:has(#promotions-title) li").count()).isEqualTo(2);
        assertThat(rows.text("select state from model where model_id = '%s'".formatted(CHILD)))
                .isEqualTo("REFUSED");
        browser.assertSound(page);
    }

    @Test
    void learningShowsRequestsWithTheirEvidenceAndTakesAWish() {
        // Given
        browser.assertSoundEverywhere("/learning", "learning");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/learning");
        page.click("text=Evidence (2)");
        assertThat(page.locator("#request-" + REQUEST).innerText())
                .contains("<b>5.00 dB</b> are wanted", "person joined: it hums", "a fact in words");
        assertThat(page.locator("section:has(#runs-title)").innerText())
                .contains("step 1,000 of 1,000", "best 4.25 dB", "trained");

        // When
        page.fill("section:has(#ask-title) input[name=reason]", "too much reverb");
        page.click("button:text-is('Ask')");

        // Then: the request above is open, and one is open at a time
        page.waitForSelector("text=A request was open already; it carries your reason too.");
        assertThat(rows.text("select reason from joined_request where policy = 'person'"))
                .isIn("it hums", "too much reverb");
        page.navigate("/learning/runs/run-1f9c03");
        assertThat(page.locator("section:has(#tracks-title) tbody").innerText()).contains("First song", "train");
        browser.assertSoundEverywhere("/learning/runs/run-1f9c03", "run");
    }

    @Test
    void pagesGoOnWithWhatTheyShow() {
        // Given
        Page run = browser.page(1280, ColorScheme.LIGHT);
        run.navigate("/learning/runs/run-1f9c03");
        Page learning = browser.page(1280, ColorScheme.LIGHT);
        learning.navigate("/learning");
        learning.click("text=Evidence (2)");
        learning.fill("section:has(#ask-title) input[name=reason]", "half a sen");
        Page model = browser.page(1280, ColorScheme.LIGHT);
        model.navigate("/models/" + CHILD);
        Page models = browser.page(1280, ColorScheme.LIGHT);
        models.navigate("/models");

        // When
        database.useHandle(handle -> {
            handle.execute("update training_run set state = 'FAILED', reason = 'the disk is <full>', step = 620");
            handle.execute("update retraining_request set closed_at = now(), outcome = 'nothing came of it'");
            handle.execute("update model set state = 'REFUSED', reason = 'it hums' where model_id = ?", CHILD);
        });

        // Then
        run.waitForSelector("text=the disk is <full>");
        assertThat(run.locator("h1 + .lead").innerText()).startsWith("failed").contains("step 620 of 1,000");
        learning.waitForSelector("text=nothing came of it");
        assertThat(learning.locator("#request-" + REQUEST + " details").first().getAttribute("open"))
                .as("what was opened stays open")
                .isNotNull();
        assertThat(learning.locator("section:has(#ask-title) input[name=reason]")
                        .inputValue())
                .isEqualTo("half a sen");
        model.waitForSelector("text=it hums");
        models.waitForSelector("section:has(#refusals-title) >> text=it hums");
        browser.assertSound(learning);
    }

    @Test
    void lineageIsWalkedFromAStemToTheEvidenceAndBackToWhatAModelSeparated() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/lineage/" + LearningRows.stemKey(separationId, "vocals"));
        assertThat(page.locator("h1").innerText()).isEqualTo("Where this stem comes from");
        assertThat(page.locator(".generations h2 a").allInnerTexts()).containsExactly(CHILD, "unet-1");
        assertThat(page.locator(".generations").innerText()).contains("evening songs", "it hums");

        // When
        page.click("text=Evidence (2)");
        page.click(".evidence a[href^='/lineage/'] >> nth=-1");

        // Then
        page.waitForSelector("text=Where this evaluation comes from");
        assertThat(page.locator("text=Fourth song").getAttribute("href"))
                .startsWith("/tracks/" + Rows.trackId("Fourth song"));
        page.navigate("/lineage/" + CHILD);
        page.click("[aria-label='All that %s separated']".formatted(CHILD));
        page.waitForURL("**/catalogue?model=" + CHILD);
        for (String id : List.of(separationId, "run-1f9c03", REQUEST, Rows.trackId("First song"))) {
            assertThat(page.navigate("/lineage/" + id).status()).isEqualTo(200);
        }
        assertThat(page.locator("main").innerText()).contains("Runs that learned from this track: run-1f9c03");
        assertThat(browser.complaints()).isEmpty();
        browser.assertSoundEverywhere("/lineage/" + separationId, "lineage");
    }

    @Test
    void dataSetsShowTheirSplitsAndWhatWasRefused() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/datasets");

        // When
        page.click("text=evening songs");

        // Then
        page.waitForURL("**/datasets/evening%20songs");
        assertThat(page.locator(".figures").innerText().replaceAll("\\s+", " "))
                .isEqualTo("Training 1 Validation 0 Test 0 Set aside 0 Refused 1");
        assertThat(page.locator("section:has(#refused-title)").innerText())
                .contains("Broken <i>song</i>.wav: has no true stems");
        assertThat(page.locator("section:has(#tracks-title) tbody tr").allInnerTexts())
                .containsExactly("First song\ttrain\tother, vocals\t3:20");
        browser.assertSoundEverywhere("/datasets", "datasets");
        browser.assertSoundEverywhere("/datasets/evening%20songs", "dataset");
    }

    @Test
    void whatIsNotThereOrCannotBeDoneIsAPageWithASentence() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        int missing = page.navigate("/models/%3Cb%3E").status();

        // Then
        assertThat(missing).isEqualTo(404);
        assertThat(page.locator("main").innerText()).contains("there is no model '<b>'");
        assertThat(page.navigate("/models/rollback").status()).isEqualTo(422);
        assertThat(page.locator("main").innerText()).contains("no model was ever promoted");
        assertThat(page.navigate("/models/x/promote").status()).isEqualTo(404);
        assertThat(page.navigate("/lineage/' or 1=1 --").status()).isEqualTo(404);
        assertThat(page.navigate("/learning/runs/x").status()).isEqualTo(404);
        assertThat(page.navigate("/datasets/x").status()).isEqualTo(404);
        assertThat(page.navigate("/models?metric=nothing").status()).isEqualTo(200);
        rows.clear();
        for (String address : List.of("/models", "/learning", "/datasets")) {
            assertThat(page.navigate(address).status()).isEqualTo(200);
        }
    }

    private static String cells(Page page, String modelId) {
        return String.join(
                "|",
                page.locator("section:has(#models-title) tbody tr:has(a[href='/models/%s'])".formatted(modelId))
                        .locator("th, td")
                        .allInnerTexts());
    }
}
