package io.stemline.ingest.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.events.Origin;
import io.stemline.events.Progress;
import io.stemline.pipeline.events.EventPublisher;
import io.stemline.pipeline.events.OutgoingEvent;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class ConsolePagesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TestHTTPResource("/")
    URL origin;

    @Inject
    Jdbi database;

    @Inject
    EventPublisher events;

    @Inject
    ObjectStore store;

    private Browser browser;
    private Rows rows;

    @BeforeEach
    void open() {
        browser = Browser.open(origin.toString().replaceAll("/$", ""));
        rows = new Rows(database);
        rows.clear();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void theLivePageShowsWorkAsItHappens() {
        // Given
        rows.batch("b1", "Autumn catalogue");
        rows.entry("b1", 0, "QUEUED", "First song");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/");

        // When
        rows.finish("b1-0");
        rows.entry("b1", 1, "FAILED", "Broken <b>song</b>");
        rows.entry("b1", 2, "QUEUED", "Song in work");

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            events.publish(OutgoingEvent.once(new Progress(
                            Rows.trackId("b1-2"),
                            "separator-service",
                            "separating",
                            0.42,
                            Optional.of(new Origin("b1", "b1-2")))))
                    .join();
            assertThat(page.locator("[data-part=working]").innerText()).contains("Song in work", "42 %");
        });
        page.waitForSelector("svg[aria-label='running: 1 done, 1 failed, 1 on their way']");
        assertThat(page.locator("[data-part=failures]").innerText()).contains("Broken <b>song</b>");
        browser.assertSound(page);
        browser.assertSoundEverywhere("/", "live");
    }

    @Test
    void theLivePageDoesNotGrow() {
        // Given
        for (int batch = 0; batch < 30; batch++) {
            rows.batch("b" + batch, "Batch " + batch);
            rows.entry("b" + batch, 0, "FAILED", "Song");
        }
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        page.navigate("/");
        int before = elements(page);
        for (int batch = 30; batch < 60; batch++) {
            rows.batch("b" + batch, "Batch " + batch);
            rows.entry("b" + batch, 0, "FAILED", "Song");
        }
        page.waitForSelector("text=Batch 59");

        // Then
        assertThat(elements(page)).isEqualTo(before);
    }

    @Test
    void theCatalogueFiltersAsOneTypesAndTakesAnythingAsText() {
        // Given
        rows.batch("b1", "Autumn catalogue");
        rows.entry("b1", 0, "QUEUED", "100% \"Love\"");
        rows.entry("b1", 1, "QUEUED", "<script>alert(1)</script>");
        rows.entry("b1", 2, "FAILED", "O'Hara; drop table track;--");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/catalogue");
        assertThat(titles(page)).isEqualTo("100% \"Love\" | <script>alert(1)</script> | O'Hara; drop table track;--");

        // When
        page.fill("input[name=q]", "0% \"love");

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(titles(page)).isEqualTo("100% \"Love\""));
        page.fill("input[name=q]", "';--");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(titles(page)).isEmpty());
        page.fill("input[name=q]", "table track");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(titles(page)).isEqualTo("O'Hara; drop table track;--"));
        browser.assertSound(page);
        browser.assertSoundEverywhere("/catalogue", "catalogue");
    }

    @Test
    void aSelectionBecomesAManifest() throws IOException {
        // Given
        rows.batch("b1", "Autumn catalogue");
        rows.entry("b1", 0, "QUEUED", "Song, the first");
        rows.entry("b1", 1, "QUEUED", "Second");
        rows.entry("b1", 2, "QUEUED", "Third");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/catalogue");

        // When
        page.check("input[value='b1-0']");
        page.check("input[value='b1-2']");
        Download download = page.waitForDownload(() -> page.click("text=Export manifest"));

        // Then
        assertThat(Files.readString(download.path())).isEqualTo("""
                path,title,artist,album,isrc
                /music/b1-0.wav,"Song, the first","An Artist",,
                /music/b1-2.wav,Third,"An Artist",,
                """);
        assertThat(page.locator("[data-selected]").innerText()).isEqualTo("2 selected");
    }

    @Test
    void allThatMatchAreSeparatedAgainByAnotherModel() {
        // Given
        rows.batch("b1", "Autumn catalogue");
        rows.entry("b1", 0, "QUEUED", "Keep");
        rows.entry("b1", 1, "QUEUED", "Again one");
        rows.entry("b1", 2, "QUEUED", "Again two");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/catalogue?q=again");

        // When
        page.check("input[name=all]");
        page.fill("input[name=modelId]", "other-model");
        page.click("button:text-is('Separate')");

        // Then
        page.waitForURL("**/catalogue?batch=*");
        assertThat(titles(page)).isEqualTo("Again one | Again two");
        assertThat(page.locator("#results .model").nth(1).innerText()).isEqualTo("other-model");
        assertThat(rows.announced("other-model")).isEqualTo(2);
    }

    @Test
    void whatFailedIsTriedAgain() {
        // Given
        rows.batch("b1", "Autumn catalogue");
        rows.entry("b1", 0, "FAILED", "Failed");
        rows.entry("b1", 1, "QUEUED", "Waits");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/catalogue");

        // When
        page.check("[data-select-page]");
        page.click("text=Retry what failed");

        // Then
        page.waitForSelector("text=1 entry is tried again.");
        assertThat(rows.state("b1-0")).isEqualTo("QUEUED");
    }

    @Test
    void deadLettersAreRetriedAndDropped() {
        // Given
        rows.batch("b1", "Autumn catalogue");
        for (int n = 0; n < 3; n++) {
            rows.entry("b1", n, "FAILED", "Song " + n);
            rows.deadLetter("b1-" + n, "no model 'x'; there are: <y>");
        }
        browser.assertSoundEverywhere("/dead-letters", "dead-letters");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/dead-letters");

        // When
        page.check("[aria-label='Select Song 1']");
        page.click("button:text-is('Drop')");
        page.waitForSelector("text=1 dead letter was dropped.");
        page.check("[data-select-all]");
        page.click("button:text-is('Retry')");

        // Then
        page.waitForSelector("text=2 dead letters were sent through again.");
        page.waitForSelector("text=There are none.");
        assertThat(rows.state("b1-1")).isEqualTo("FAILED");
        assertThat(rows.state("b1-2")).isEqualTo("QUEUED");
        browser.assertSound(page);
    }

    @Test
    void stemsPlayInStepAndAreDrawn() {
        // Given
        String separationId = rows.separation(store, 12, "A song to listen to");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        page.navigate("/tracks/" + Rows.trackId("listen"));
        page.waitForSelector("[data-player][data-drawn]");

        // When
        page.click("[data-play]");

        // Then
        page.waitForCondition(() -> output(page) > 0.05);
        page.waitForCondition(() -> page.locator("[data-time]").innerText().startsWith("0:02"));
        assertThat(inked(page, "[data-lane=vocals] [data-wave]")).isGreaterThan(1000);
        assertThat(inked(page, "[data-lane=vocals] [data-curve]")).isGreaterThan(100);
        page.click("[aria-label='Mute vocals']");
        page.click("[aria-label='Mute other']");
        page.waitForCondition(() -> output(page) < 1e-3);
        page.click("[data-compare]");
        page.waitForCondition(() -> output(page) > 0.05);
        page.locator("[data-seek]").focus();
        page.keyboard().press("End");
        page.waitForCondition(() -> page.locator("[data-play]").innerText().equals("Play"));
        page.click("text=Spectrograms >> xpath=.. >> summary >> nth=1");
        page.waitForCondition(() -> (Boolean)
                page.evaluate("[...document.querySelectorAll('.spectrogram')].some(i => i.naturalWidth > 0)"));
        browser.assertSound(page);
        assertThat(separationId).hasSize(64);
        browser.assertSoundEverywhere("/tracks/" + Rows.trackId("listen"), "track");
    }

    @Test
    void aTrackOfTwoHoursOpensAtOnceWithLittle() {
        // Given
        rows.separation(store, 7200, "Two hours");
        Page page = browser.page(1280, ColorScheme.LIGHT);
        var bytes = new AtomicLong();
        page.onResponse(response -> bytes.addAndGet(response.body().length));

        // When
        long asked = System.nanoTime();
        page.navigate("/tracks/" + Rows.trackId("listen"));
        page.waitForSelector("[data-player][data-drawn]");
        Browser.note("two hours drawn", (System.nanoTime() - asked) / 1e6);

        // Then
        Browser.note("two hours, bytes before play", bytes.get());
        assertThat(bytes.get()).isLessThan(1_000_000);
        page.locator("[data-seek]").focus();
        page.keyboard().press("End");
        page.keyboard().press("PageDown");
        page.click("[data-play]");
        page.waitForCondition(() -> output(page) > 0.05);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void thePagesThatNeedNoRowsAreSound() {
        browser.assertSoundEverywhere("/login", "login");
        browser.assertSoundEverywhere("/", "live-empty");
        browser.assertSoundEverywhere("/catalogue", "catalogue-empty");
    }

    @Test
    void whatIsNotThereIsAPageWithASentence() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        int missing = page.navigate("/tracks/%3Cb%3E").status();

        // Then
        assertThat(missing).isEqualTo(404);
        assertThat(page.locator("main").innerText()).contains("there is no track '<b>'");
        assertThat(page.navigate("/catalogue?minScore=abc").status()).isEqualTo(400);
        assertThat(page.locator("main").innerText()).contains("the score 'abc' is not a number");
        assertThat(page.navigate("/catalogue?after=x").status()).isEqualTo(400);
        assertThat(page.navigate("/catalogue?sort=length&after=YQpi").status()).isEqualTo(400);
        assertThat(page.navigate("/nothing/here").status()).isEqualTo(404);
    }

    private static String titles(Page page) {
        return String.join(" | ", page.locator("#results tbody .name > a").allInnerTexts());
    }

    /** How many pixels of a canvas are not transparent. */
    private static int inked(Page page, String canvas) {
        return (Integer) page.evaluate("""
                selector => {
                  const canvas = document.querySelector(selector);
                  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  return pixels.filter((value, n) => n % 4 === 3 && value > 0).length;
                }""", canvas);
    }

    /** The level that the player's meter shows, 1 at full scale. */
    private static double output(Page page) {
        return ((Number) page.evaluate("document.querySelector('[data-meter]').value")).doubleValue();
    }

    private static int elements(Page page) {
        return (Integer) page.evaluate("document.querySelectorAll('*').length");
    }
}
