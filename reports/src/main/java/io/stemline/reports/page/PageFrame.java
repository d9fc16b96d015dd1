package io.stemline.reports.page;

import io.stemline.reports.markup.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.commons.codec.digest.DigestUtils;

/** A page with a heading, links to its sections, and sections; all that it needs is in it. */
public final class PageFrame {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    /** Without one of its own a browser asks the page's host for one. */
    private static final String ICON =
            "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath d='M1 12h3M6 7v10M10 5v14M14 8v8M18 10v4M20 12h3' stroke='%230b6762' stroke-width='2'/%3E%3C/svg%3E";

    private final String title;
    private final String subtitle;
    private final Instant madeAt;
    private final Map<String, Section> sections = new LinkedHashMap<>();

    private record Section(String heading, Markup content) {}

    public PageFrame(String title, String subtitle, Instant madeAt) {
        this.title = title;
        this.subtitle = subtitle;
        this.madeAt = madeAt;
    }

    /** Adds a section, which can be linked to by its id. */
    public PageFrame section(String id, String heading, Consumer<Markup> writing) {
        var content = new Markup();
        writing.accept(content);
        sections.put(id, new Section(heading, content));
        return this;
    }

    /** The whole page. */
    public String html() {
        var page = new Markup();
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        page.open("head");
        page.empty("meta", "charset", "utf-8");
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.element("title", title);
        page.empty("link", "rel", "icon", "href", ICON);
        page.constant("style", resource("report.css"));
        page.close().line();
        page.open("body");
        page.element("a", "To the content", "class", "skip", "href", "#content");
        writeHeading(page);
        page.open("main", "id", "content", "tabindex", "-1");
        sections.forEach((id, section) -> {
            page.line().open("section", "id", id, "aria-labelledby", id + "-heading");
            page.element("h2", section.heading, "id", id + "-heading");
            page.add(section.content).close();
        });
        page.close();
        page.line()
                .open("footer")
                .text("Made by Stemline, ")
                .text(TIME.format(madeAt))
                .text(".")
                .close();
        page.constant("script", resource("report.js"));
        page.close().close();
        return "<!DOCTYPE html>\n" + page + "\n";
    }

    private void writeHeading(Markup page) {
        page.open("header").element("h1", title).element("p", subtitle, "class", "subtitle");
        page.open("nav", "aria-label", "Sections").open("ul");
        sections.forEach((id, section) ->
                page.open("li").element("a", section.heading, "href", "#" + id).close());
        page.close().close().close();
    }

    /**
     * The policy that such a page is served under: its own style and its own script, known by their hashes, and nothing else.
     */
    public static String contentSecurityPolicy() {
        return "default-src 'none'; img-src data:; style-src %s; script-src %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                .formatted(source("report.css"), source("report.js"));
    }

    private static String source(String name) {
        byte[] hash = DigestUtils.sha256(Markup.marked(resource(name)));
        return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(hash));
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(PageFrame.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
