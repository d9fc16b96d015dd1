package io.stemline.ingest.console.learning;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.learning.Lineage;
import io.stemline.ingest.learning.LineageResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page on which one walks from anything that has an id to what it comes from. */
@Path("/lineage")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class LineagePages {
    private final LineageResource lineages;

    LineagePages(LineageResource lineages) {
        this.lineages = lineages;
    }

    @CheckedTemplate(basePath = "learning", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record LineagePage(Lineage lineage, String kind) implements TemplateInstance {}

    @GET
    @Path("/{id: .+}")
    @Operation(hidden = true)
    public TemplateInstance page(@PathParam("id") String id) {
        Lineage lineage = lineages.lineage(id);
        return new LineagePage(lineage, lineage.kind().name().toLowerCase(Locale.ROOT));
    }
}
