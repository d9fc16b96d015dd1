package io.stemline.reports.page;

import io.stemline.reports.markup.Markup;
import java.util.Optional;

/** Tables that scroll by themselves, also by keyboard, where the page is narrower than they are. */
public final class Tables {
    private Tables() {}

    public static void open(Markup content, String label) {
        content.line()
                .open("div", "class", "scrolling", "role", "region", "tabindex", "0", "aria-label", label)
                .open("table");
    }

    public static void close(Markup content) {
        content.close().close();
    }

    /** A text, which is a link where there is an address. */
    static void linked(Markup content, String text, Optional<String> address) {
        if (address.isPresent()) {
            content.element("a", text, "href", address.get());
        } else {
            content.text(text);
        }
    }

    /** A heading row. */
    public static void head(Markup content, String... titles) {
        content.open("thead").open("tr");
        for (String title : titles) {
            content.element("th", title, "scope", "col");
        }
        content.close().close();
    }
}
