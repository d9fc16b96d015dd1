package io.stemline.ingest.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Real Chromium, and what every page must stand: no error in its console, nothing from other hosts, no barrier that axe knows. */
final class Browser implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final int WIDEST = 2560;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final String origin;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium, String origin) {
        this.playwright = playwright;
        this.chromium = chromium;
        this.origin = origin;
    }

    static Browser open(String origin) {
        Path executable =
                PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (executable == null) {
            System.err.println(
                    "SKIPPED: the console is not tested, there is no Chromium here (apt-get install chromium)");
        }
        Assumptions.assumeTrue(executable != null, "there is no Chromium here (apt-get install chromium)");
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(List.of(
                                        "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio"))),
                origin);
    }

    /** A page in a window of this width. */
    Page page(int widthPixels, ColorScheme scheme) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(origin)
                .setViewportSize(widthPixels, widthPixels < 600 ? 844 : 900)
                .setColorScheme(scheme)
                .setAcceptDownloads(true));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(origin) && !request.url().startsWith("blob:")) {
                complaints.add("asked another host: " + request.url());
            }
        });
        return page;
    }

    /** What browsers complained about since the last question. */
    List<String> complaints() {
        var said = List.copyOf(complaints);
        complaints.clear();
        return said;
    }

    /** No complaint of the browser, nothing outside the window, no barrier. */
    void assertSound(Page page) {
        assertFits(page);
        assertThat(new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                        .analyze()
                        .getViolations())
                .as("barriers on " + page.url())
                .allSatisfy(rule -> assertThat(
                                rule.getNodes().stream().map(node -> rule.getId() + ": " + node.getHtml()))
                        .isEmpty());
    }

    private void assertFits(Page page) {
        assertThat(complaints()).isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .as("fits the width of the window: " + page.url())
                .isTrue();
    }

    /**
     * Every size and scheme of a page, checked and kept as pictures for people to look at. The widest has the layout of the one before,
     * and so its barriers.
     */
    void assertSoundEverywhere(String address, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {390, 1280, WIDEST}) {
                try (Page page = page(width, scheme)) {
                    page.navigate(address);
                    page.waitForSelector(
                            "[data-player]:not([data-drawn])",
                            new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
                    page.waitForTimeout(300);
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(SCREENSHOTS.resolve("%s-%d-%s.png"
                                    .formatted(name, width, scheme.name().toLowerCase(java.util.Locale.ROOT))))
                            .setFullPage(true));
                    notePaint(page, "%s,%d,%s".formatted(name, width, scheme));
                    if (width == WIDEST) {
                        assertFits(page);
                    } else {
                        assertSound(page);
                    }
                }
            }
        }
    }

    private static void notePaint(Page page, String what) {
        Object paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1");
        note("first paint of " + what, ((Number) paint).doubleValue());
    }

    /** Keeps a time, in milliseconds since an address was asked for, for people to look at, as pictures are. */
    static void note(String what, double millis) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.writeString(
                    SCREENSHOTS.resolve("times.csv"),
                    "%s,%.0f%n".formatted(what, millis),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
