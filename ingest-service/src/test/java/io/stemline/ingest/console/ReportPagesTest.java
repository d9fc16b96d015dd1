package io.stemline.ingest.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.service.testing.Backends;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class ReportPagesTest {
    private static final String REPORT = "/api/reports/models.html?model=unet-1&model=unet-2&model=repet&model=irm2";

    @TestHTTPResource("/")
    URL origin;

    @Inject
    Jdbi database;

    private Browser browser;

    /** Two models, a blind method and an oracle on twelve tracks, with windows, over some days. */
    @BeforeEach
    void open() {
        browser = Browser.open(origin.toString().replaceAll("/$", ""));
        new LearningRows(database).clear();
        database.useTransaction(rows -> {
            rows.execute("""
                    insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, title, artist)
                    select lpad(to_hex(t), 64, '0'), 'o', 'f', 'wav', 44100, 2, 44100 * 200, 'Song with a title ' || t, 'An Artist'
                    from generate_series(1, 12) t
                    """);
            rows.execute("""
                    insert into separation (separation_id, track_id, model_id, encoding, manifest, seconds, worker)
                    select lpad(to_hex(1000 * m + t), 64, '0'), lpad(to_hex(t), 64, '0'),
                           (array['unet-1', 'unet-2', 'repet', 'irm2'])[m], 'wav', 'm', 10, 'w'
                    from generate_series(1, 4) m cross join generate_series(1, 12) t
                    """);
            rows.execute("""
                    insert into evaluation (evaluation_id, separation_id, protocol, checks, seconds, created_at)
                    select separation_id, separation_id, 'bsseval-v4/1',
                           '[{"name": "adds-up", "passed": true, "detail": "fine"},
                             {"name": "clipping", "passed": false, "detail": "vocals clips at 3 s where the mixture does not"}]'::jsonb,
                           1, '2026-11-01'::timestamptz + (row_number() over () % 5) * interval '1 day'
                    from separation
                    """);
            rows.execute("""
                    insert into evaluation_frame
                    select e.evaluation_id, stem, metric, 1, 1,
                           (select array_agg(case when s.model_id = 'irm2' then 9 when s.model_id = 'repet' then -1 else 5 end
                                             + ascii(right(s.model_id, 1)) % 3 + 3 * sin(n) + 2 * cos(n * 1.7 + length(e.evaluation_id || stem))
                                             + ('x' || right(e.evaluation_id, 2))::bit(8)::int % 13 / 4.0)
                            from generate_series(1, 120) n)
                    from evaluation e join separation s using (separation_id),
                         unnest(array['vocals', 'drums', 'bass', 'other']) stem, unnest(array['SDR', 'SIR', 'SAR', 'ISR']) metric
                    """);
        });
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void aReportFromTheServiceIsAPageWithItsOwnStyleAndCharts() {
        // Given
        Page page = browser.page(1280, ColorScheme.LIGHT);

        // When
        page.navigate(REPORT);

        // Then
        assertThat(page.evaluate("getComputedStyle(document.querySelector('thead th')).textAlign"))
                .isEqualTo("left");
        assertThat(page.evaluate("getComputedStyle(document.querySelector('.skip')).position"))
                .isEqualTo("absolute");
        assertThat(page.locator("section#scores figure svg").count()).isGreaterThanOrEqualTo(4);
        assertThat(((Number) page.evaluate("document.querySelector('#scores svg .box').getBoundingClientRect().width"))
                        .doubleValue())
                .isGreaterThan(5);
        page.click("#tracks details[open] a >> nth=0");
        page.waitForURL("**/tracks/*");
        assertThat(page.locator("h1").innerText()).startsWith("Song with a title");
        page.close();
        // The tracks of this test have no sound, and their pages complain about that.
        browser.complaints();
        browser.assertSoundEverywhere(REPORT, "report");
    }

    @Test
    void aReportGoesOnPaperWithAllItsTables() {
        // Given
        Page page = browser.page(1280, ColorScheme.DARK);
        page.navigate(REPORT);

        // When
        byte[] pdf = page.pdf(new Page.PdfOptions()
                .setFormat("A4")
                .setPreferCSSPageSize(true)
                .setPath(java.nio.file.Path.of("target", "screenshots", "report.pdf")));

        // Then
        assertThat(new String(Arrays.copyOf(pdf, 5), StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(page.locator("nav").isVisible()).isFalse();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aReportOverNothingIsAPageThatSaysSo() {
        // Given
        Page page = browser.page(390, ColorScheme.DARK);

        // When
        page.navigate("/api/reports/models.html?model=%3Cb%3E");

        // Then
        assertThat(page.locator("body").innerText()).contains("There is nothing in it.");
        browser.assertSoundEverywhere("/api/reports/models.html?model=%3Cb%3E", "report-empty");
    }
}
