package io.stemline.ingest.console.catalogue;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.stemline.audio.Encoding;
import io.stemline.ingest.batches.BatchView;
import io.stemline.ingest.batches.ItemState;
import io.stemline.ingest.console.Addresses;
import io.stemline.ingest.problems.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The catalogue's page and its forms. */
@Path("/catalogue")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class CataloguePages {
    private static final int ENTRIES = 100;
    private static final String HERE = "/catalogue";

    private final Catalogue catalogue;
    private final CatalogueActions actions;
    private final CatalogueResource api;

    CataloguePages(Catalogue catalogue, CatalogueActions actions, CatalogueResource api) {
        this.catalogue = catalogue;
        this.actions = actions;
        this.api = api;
    }

    @CheckedTemplate(basePath = "catalogue", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record CataloguePage(
            CatalogueView view,
            Filters filters,
            String query,
            Optional<String> next,
            boolean first,
            List<Column> columns,
            Optional<String> batchName,
            List<String> models,
            List<String> encodings,
            List<ItemState> states,
            Optional<String> notice)
            implements TemplateInstance {}

    /** What the form holds. */
    record Filters(Map<String, String> byName) {
        public String of(String name) {
            return byName.getOrDefault(name, "");
        }

        public boolean none() {
            return byName.isEmpty();
        }
    }

    /**
     * A heading that sorts.
     *
     * @param sorted {@code ascending}, {@code descending}, or blank where the page is sorted otherwise
     * @param address the page sorted by it, the other way round where it is already
     */
    record Column(String name, String kind, String sorted, String address) {}

    @GET
    @Operation(hidden = true)
    public TemplateInstance page(@BeanParam CatalogueParameters parameters, @RestQuery Integer retried) {
        CatalogueQuery query = parameters.query();
        CatalogueView view = catalogue.page(query, ENTRIES);
        Map<String, String> filters = parameters.filters();
        return new CataloguePage(
                view,
                new Filters(filters),
                Addresses.of("", filters),
                view.next().map(place -> Addresses.of(HERE, with(filters, Map.of("after", place)))),
                query.after().isEmpty(),
                List.of(
                        column("Title", "", CatalogueSort.TITLE, query, filters),
                        column("Artist", "", CatalogueSort.ARTIST, query, filters),
                        column("Batch", "spare", CatalogueSort.NEWEST, query, filters),
                        column("Length", "number spare", CatalogueSort.LENGTH, query, filters),
                        column("SDR, dB", "number", CatalogueSort.SCORE, query, filters)),
                query.batch().map(id -> catalogue.batchName(id).orElse(id)),
                catalogue.models(),
                Arrays.stream(Encoding.values()).map(Encoding::spelling).toList(),
                List.of(ItemState.values()),
                Optional.ofNullable(retried)
                        .map(changed -> changed == 0
                                ? "Nothing in the selection had failed, so nothing was tried again."
                                : changed + (changed == 1 ? " entry is" : " entries are") + " tried again."));
    }

    private static Column column(
            String name, String kind, CatalogueSort sort, CatalogueQuery query, Map<String, String> filters) {
        boolean here = query.sort() == sort;
        boolean descending = here ? !query.descending() : sort.descendingFirst();
        return new Column(
                name,
                kind,
                here ? (query.descending() ? "descending" : "ascending") : "",
                Addresses.of(
                        HERE, with(filters, Map.of("sort", sort.spelling(), "order", descending ? "desc" : "asc"))));
    }

    private static Map<String, String> with(Map<String, String> filters, Map<String, String> more) {
        var all = new LinkedHashMap<>(filters);
        all.putAll(more);
        return all;
    }

    @POST
    @Path("/separate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response separate(
            @BeanParam CatalogueParameters parameters,
            @RestForm List<String> item,
            @RestForm String all,
            @RestForm String modelId,
            @RestForm String encoding)
            throws SQLException {
        if (modelId == null || modelId.isBlank()) {
            throw ProblemException.malformed("say which model is to separate the selected entries");
        }
        BatchView batch = actions.separateWith(selection(parameters, item, all), modelId.strip(), encoding);
        return Response.seeOther(URI.create(Addresses.of(HERE, Map.of("batch", batch.batchId()))))
                .build();
    }

    @POST
    @Path("/retry")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response retry(@BeanParam CatalogueParameters parameters, @RestForm List<String> item, @RestForm String all)
            throws InterruptedException, SQLException {
        int retried = actions.retry(selection(parameters, item, all));
        Map<String, String> back = with(parameters.filters(), Map.of("retried", Integer.toString(retried)));
        return Response.seeOther(URI.create(Addresses.of(HERE, back))).build();
    }

    @POST
    @Path("/manifest")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces("text/csv")
    @Operation(hidden = true)
    public Response manifest(
            @BeanParam CatalogueParameters parameters, @RestForm List<String> item, @RestForm String all) {
        return api.manifest(selection(parameters, item, all));
    }

    private static Selection selection(CatalogueParameters parameters, List<String> items, String all) {
        if (all != null) {
            return new Selection.Matching(parameters.query());
        }
        if (items == null || items.isEmpty()) {
            throw ProblemException.malformed("no entry is selected: tick some, or all that match");
        }
        return new Selection.Items(items);
    }
}
