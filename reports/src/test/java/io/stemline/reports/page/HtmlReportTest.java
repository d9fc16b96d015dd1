package io.stemline.reports.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.reports.Remark;
import io.stemline.reports.Report;
import io.stemline.reports.SeparatedTrack;
import io.stemline.reports.SeparatedTrack.FailedCheck;
import io.stemline.reports.scores.Method;
import io.stemline.reports.scores.ScoreTable;
import io.stemline.reports.scores.ScoreTableBuilder;
import io.stemline.reports.scores.ScoredTrack;
import io.stemline.reports.scores.Windows;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HtmlReportTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String MARKUP = "<script>alert(\"1\")</script> & 'co' ]]> \u0000\uD800";
    private static final ScoreTable NOTHING = new ScoreTableBuilder().build();

    private static String page(Report report) {
        return new HtmlReport(
                        report, track -> Optional.of("tracks/" + track.track().id()), Optional.empty())
                .html();
    }

    private static Document parsed(String html) throws Exception {
        assertThat(html).startsWith("<!DOCTYPE html>\n");
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html.substring("<!DOCTYPE html>\n".length()))));
    }

    private static List<String> texts(Document page, String element) {
        NodeList nodes = page.getElementsByTagName(element);
        var texts = new ArrayList<String>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }

    private static ScoreTable table(String... methods) {
        var random = new Random(1);
        var builder = new ScoreTableBuilder();
        for (String method : methods) {
            for (int track = 0; track < 30; track++) {
                for (String stem : List.of("vocals", "bass")) {
                    double[] windows = random.doubles(20, -2, 12).toArray();
                    var name = new ScoredTrack("id" + track, "Track " + track);
                    builder.add(Method.of(method), name, stem, "SDR", new Windows(1, 1), windows);
                    builder.add(Method.of(method), name, stem, "SI-SDR", Windows.WHOLE_TRACK, windows[0]);
                }
            }
        }
        return builder.build();
    }

    private static SeparatedTrack separated(String model, String name, Instant at, FailedCheck... failed) {
        return new SeparatedTrack(
                model, new ScoredTrack(name, name), "s", 60, 2, Optional.of(at), 5, List.of(failed), List.of());
    }

    @Test
    void thePageIsWellFormedAndNeedsNobodyElse() throws Exception {
        // When
        String html = page(Report.of("Report", NOW, table("unet-1", "repet", "irm2"), List.of()));

        // Then
        parsed(html);
        var addresses =
                Pattern.compile("(?:https?:)?//[a-z0-9.]+|@import|url\\(").matcher(html);
        assertThat(addresses.results().map(match -> match.group()).distinct())
                .containsExactlyInAnyOrder("http://www.w3.org");
        assertThat(html).doesNotContain("src=");
        assertThat(html.split("<link", -1)).hasSize(2);
        assertThat(html).contains("<link rel=\"icon\" href=\"data:image/svg+xml,");
    }

    @Test
    void everyMethodHasItsMedianInTheTable() throws Exception {
        // Given
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of("m"), new ScoredTrack("1", "One"), "vocals", "SDR", new Windows(1, 1), 1, 2, 9)
                .add(
                        Method.of("m"),
                        new ScoredTrack("2", "Two"),
                        "vocals",
                        "SDR",
                        new Windows(1, 1),
                        -4.126,
                        Double.NaN)
                .add(Method.of("m"), new ScoredTrack("3", "Three"), "vocals", "SDR", new Windows(1, 1), 7)
                .build();

        // When
        Document page = parsed(page(Report.of("Report", NOW, table, List.of())));

        // Then
        assertThat(texts(page, "td")).contains("2.00 \u22124.13 to 7.00");
        assertThat(texts(page, "b")).containsSequence("7.00", "2.00", "\u22124.13");
        assertThat(texts(page, "svg")).hasSize(1);
    }

    @Test
    void titlesWithMarkupAreTextAndNothingElse() throws Exception {
        // Given
        var name = new ScoredTrack(MARKUP, MARKUP);
        ScoreTable table = new ScoreTableBuilder()
                .add(Method.of(MARKUP), name, MARKUP, MARKUP, new Windows(1, 1), 1)
                .add(Method.of("other"), name, MARKUP, MARKUP, new Windows(1, 1), 2)
                .build();
        var report = new Report(
                MARKUP,
                NOW,
                table,
                List.of(separated(MARKUP, MARKUP, NOW, new FailedCheck(MARKUP, MARKUP))),
                List.of(new Report.Failure(MARKUP, MARKUP)),
                List.of(Remark.of(Remark.Kind.UNREADABLE, MARKUP, MARKUP)));

        // When
        Document page = parsed(page(report));

        // Then
        assertThat(texts(page, "h1")).containsExactly("<script>alert(\"1\")</script> & 'co' ]]> \uFFFD\uFFFD");
        assertThat(texts(page, "script")).hasSize(1).noneMatch(text -> text.contains("alert"));
    }

    @Test
    void modelsAreBracketedAndComparedWithTheBestOfThem() throws Exception {
        Document page = parsed(page(Report.of("Report", NOW, table("unet-1", "repet", "irm2"), List.of())));
        assertThat(texts(page, "h2")).contains("Differences from unet-1");
        assertThat(texts(page, "text")).contains("blind", "oracle");
    }

    @Test
    void aMethodMayBeNamedThatOthersAreComparedWith() throws Exception {
        var report = Report.of("Report", NOW, table("unet-1", "unet-2"), List.of());
        String html = new HtmlReport(report, Listening.NOWHERE, Optional.of("unet-2")).html();
        assertThat(texts(parsed(html), "h2")).contains("Differences from unet-2");
    }

    @Test
    void tracksCanBeListenedToWhereTheirPlaceIsKnown() throws Exception {
        // Given
        var known = IntStream.range(0, 30)
                .mapToObj(track -> new ScoredTrack("id" + track, "Track " + track))
                .map(track ->
                        new SeparatedTrack("unet-1", track, "s", 60, 2, Optional.of(NOW), 0, List.of(), List.of()))
                .toList();

        // When
        Document page = parsed(page(new Report("Report", NOW, table("unet-1"), known, List.of(), List.of())));

        // Then
        NodeList links = page.getElementsByTagName("a");
        assertThat(IntStream.range(0, links.getLength()).mapToObj(links::item))
                .filteredOn(link -> link.getTextContent().startsWith("Track "))
                .hasSize(30 + 16)
                .allSatisfy(link -> assertThat(
                                link.getAttributes().getNamedItem("href").getNodeValue())
                        .isEqualTo(link.getTextContent().replace("Track ", "tracks/id")));
    }

    @Test
    void scoresOfSeveralDaysHaveATrend() throws Exception {
        // Given
        var days = new ArrayList<SeparatedTrack>();
        for (int track = 0; track < 30; track++) {
            var name = new ScoredTrack("id" + track, "Track " + track);
            days.add(new SeparatedTrack(
                    "m", name, "s", 60, 2, Optional.of(NOW.plusSeconds(track * 36_000L)), 0, List.of(), List.of()));
        }

        // When
        Document page = parsed(page(new Report("Report", NOW, table("m"), days, List.of(), List.of())));

        // Then
        assertThat(texts(page, "h2")).contains("Over time");
        assertThat(texts(page, "text")).contains("2026-11-21", "2026-12-03");
    }

    @Test
    void aReportWithoutScoresSaysWhatWasSeparatedAndWhyThereAreNone() throws Exception {
        // Given
        var report = new Report(
                "Batch",
                NOW,
                NOTHING,
                List.of(separated("m", "Song", NOW, new FailedCheck("adds-up", "differs by 3 dB"))),
                List.of(new Report.Failure("letter.mp3", "letter.mp3: not audio")),
                List.of());

        // When
        Document page = parsed(page(report));

        // Then
        assertThat(texts(page, "p"))
                .contains("1 track, 1 min 0 s of music, separated in 2 s: 30.0 times real time. 1 failed:")
                .anyMatch(text -> text.startsWith("There are no scores, because none of these tracks came with"));
        assertThat(texts(page, "td")).contains("letter.mp3: not audio", "differs by 3 dB");
    }

    @Test
    void aReportOverNothingSaysSo() throws Exception {
        Document page = parsed(page(Report.of("Nothing", NOW, NOTHING, List.of())));
        assertThat(texts(page, "p"))
                .contains(
                        "There is nothing in it.", "There are no scores: there is no track with stems in this report.");
    }
}
