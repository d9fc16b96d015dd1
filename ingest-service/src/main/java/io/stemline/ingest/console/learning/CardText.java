package io.stemline.ingest.console.learning;

import io.quarkus.qute.RawString;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * A model's card as a part of a page. The card is anybody's text: tags in it are shown as they are written, links lead only where
 * links may lead, pictures become their descriptions, and its headings stand below those of the page.
 */
final class CardText {
    private static final int LEVELS_ABOVE = 2;
    private static final int LOWEST_LEVEL = 6;
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    private CardText() {}

    static RawString html(String markdown) {
        Node card = PARSER.parse(markdown);
        card.accept(new Fitting());
        return new RawString(RENDERER.render(card));
    }

    /** Makes a document a part of another. */
    private static final class Fitting extends AbstractVisitor {
        @Override
        public void visit(Heading heading) {
            heading.setLevel(Math.min(LOWEST_LEVEL, heading.getLevel() + LEVELS_ABOVE));
            visitChildren(heading);
        }

        @Override
        public void visit(Image image) {
            visitChildren(image);
            while (image.getFirstChild() != null) {
                image.insertBefore(image.getFirstChild());
            }
            image.unlink();
        }
    }
}
