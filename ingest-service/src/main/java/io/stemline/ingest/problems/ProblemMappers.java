package io.stemline.ingest.problems;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.stemline.pipeline.store.MissingObjectException;
import io.stemline.pipeline.store.StoreException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error leaves as a problem document, to browsers that ask for a page as a page that says the same; what nobody foresaw carries a number that stands in the log, too. */
final class ProblemMappers {
    private static final Logger LOGGER = LoggerFactory.getLogger(ProblemMappers.class);

    private final HttpServerRequest request;
    private final ProblemAnswer answer;

    ProblemMappers(HttpServerRequest request, ProblemAnswer answer) {
        this.request = request;
        this.answer = answer;
    }

    @ServerExceptionMapper
    Response known(ProblemException e) {
        return response(e.problem());
    }

    @ServerExceptionMapper
    Response unknownName(UnrecognizedPropertyException e) {
        String known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().collect(joining(", "));
        return response(ProblemException.malformed("the body has \"%s\", which means nothing here; there are: %s"
                        .formatted(e.getPropertyName(), known))
                .problem());
    }

    @ServerExceptionMapper
    Response notJson(JsonProcessingException e) {
        return response(ProblemException.malformed("the body is not the JSON expected here: " + e.getOriginalMessage())
                .problem());
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return json instanceof UnrecognizedPropertyException unknown ? unknownName(unknown) : notJson(json);
        }
        int status = e.getResponse().getStatus();
        String title = e.getResponse().getStatusInfo().getReasonPhrase();
        return response(
                new Problem("urn:stemline:problem:http-" + status, title, status, String.valueOf(e.getMessage())));
    }

    @ServerExceptionMapper
    Response missing(MissingObjectException e) {
        return response(
                ProblemException.lost("the catalogue knows of this, but its file is not in the store any more (%s)"
                                .formatted(e.getMessage()))
                        .problem());
    }

    @ServerExceptionMapper
    Response storeAway(StoreException e) {
        LOGGER.atWarn().setCause(e).log("The store does not answer");
        return response(ProblemException.away("the store does not answer just now; try again soon")
                .problem());
    }

    @ServerExceptionMapper
    Response unforeseen(Exception e) {
        String number = UUID.randomUUID().toString();
        LOGGER.atError().setCause(e).addKeyValue("problem", number).log("A request failed");
        return response(new Problem(
                "urn:stemline:problem:internal",
                "Internal error",
                500,
                "something went wrong here; the log of ingest-service says what under " + number));
    }

    private Response response(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.status());
        return answer.wantsPage(request)
                ? response.type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .entity(new ProblemAnswer.ProblemPage(problem).render())
                        .build()
                : response.type(ProblemAnswer.DOCUMENT).entity(problem).build();
    }
}
