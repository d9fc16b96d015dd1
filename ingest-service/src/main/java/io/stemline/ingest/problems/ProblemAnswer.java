package io.stemline.ingest.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;

/** How a problem is told: as a document, or as a page that says the same. */
@Singleton
public final class ProblemAnswer {
    static final MediaType DOCUMENT = new MediaType("application", "problem+json");

    private final ObjectMapper json;

    ProblemAnswer(ObjectMapper json) {
        this.json = json;
    }

    @CheckedTemplate(basePath = "", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record ProblemPage(Problem problem) implements TemplateInstance {}

    /** Ends a request that no resource has seen yet. */
    public void send(RoutingContext context, Problem problem) {
        try {
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, DOCUMENT.toString())
                    .end(json.writeValueAsString(problem));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a record of texts and a number can be written as JSON", e);
        }
    }

    /** Browsers put pages first, and htmx says who it is; what else speaks to the API does neither. */
    public boolean wantsPage(HttpServerRequest request) {
        if (request.getHeader("HX-Request") != null) {
            return true;
        }
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null
                && accepted.startsWith(MediaType.TEXT_HTML)
                && !request.path().startsWith("/api/");
    }
}
