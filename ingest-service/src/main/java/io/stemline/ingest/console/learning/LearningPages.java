package io.stemline.ingest.console.learning;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.stemline.ingest.console.Addresses;
import io.stemline.ingest.console.WatchedPages;
import io.stemline.ingest.learning.RequestView;
import io.stemline.ingest.learning.RetrainingResource;
import io.stemline.ingest.learning.RetrainingResource.Asked;
import io.stemline.ingest.learning.RetrainingResource.Wish;
import io.stemline.ingest.learning.RunView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The pages of requests for better models, the training runs that answered, and how candidates did in their trials. */
@Path("/learning")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class LearningPages {
    private static final int NEWEST = 20;
    private static final int TRACKS = 500;

    private final RetrainingResource retraining;
    private final WatchedPages watched;

    LearningPages(RetrainingResource retraining, WatchedPages watched) {
        this.retraining = retraining;
        this.watched = watched;
    }

    @CheckedTemplate(basePath = "learning", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record LearningPage(
            List<RequestView> requests,
            List<RunCourse> courses,
            List<ShownTrial> trials,
            int newest,
            Optional<String> notice)
            implements TemplateInstance {}

    @CheckedTemplate(basePath = "learning", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record RunPage(RunCourse course, RunView run, String configuration, List<RunView.Track> tracks, int more)
            implements TemplateInstance {}

    @GET
    @Operation(hidden = true)
    public TemplateInstance page(@RestQuery Optional<String> asked) {
        return new LearningPage(
                retraining.requests(NEWEST),
                retraining.runs(NEWEST).stream()
                        .map(run -> RunCourse.of(retraining.run(run.runId())))
                        .toList(),
                retraining.trials(NEWEST).stream().map(ShownTrial::of).toList(),
                NEWEST,
                asked.map(how -> how.equals("joined")
                        ? "A request was open already; it carries your reason too."
                        : "A better model was asked for."));
    }

    @GET
    @Path("/changes")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> changes(@Context Sse sse) {
        return watched.changes("/learning", () -> page(Optional.empty()), sse);
    }

    @POST
    @Path("/requests")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response ask(@RestForm String reason, @RestForm String now) throws SQLException {
        Asked asked = retraining.ask(new Wish(Optional.ofNullable(reason), now != null));
        return Response.seeOther(
                        URI.create(Addresses.of("/learning", Map.of("asked", asked.joined() ? "joined" : "opened"))))
                .build();
    }

    @GET
    @Path("/runs/{runId}")
    @Operation(hidden = true)
    public TemplateInstance run(@PathParam("runId") String runId) {
        RunView.Whole whole = retraining.run(runId);
        RunView run = whole.run();
        List<RunView.Track> tracks = retraining.tracks(runId, TRACKS);
        return new RunPage(
                RunCourse.of(whole),
                run,
                run.configuration().toPrettyString(),
                tracks,
                run.data().trainingTracks() + run.data().validationTracks() - tracks.size());
    }

    @GET
    @Path("/runs/{runId}/changes")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> runChanges(@PathParam("runId") String runId, @Context Sse sse) {
        return watched.changes("/learning/runs/" + runId, () -> run(runId), sse);
    }
}
