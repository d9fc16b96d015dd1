package io.stemline.ingest.learning;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.Page;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.Promotion;
import io.stemline.registry.Promotions;
import io.stemline.registry.RetrainingRequests;
import io.stemline.registry.RetrainingRequests.Answer;
import io.stemline.registry.RetrainingRequests.Asking;
import io.stemline.registry.Slots;
import io.stemline.service.LearningConfig;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Who asked for better models, and the training runs that answered. */
@Path("/api/retraining")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Learning")
@Blocking
public final class RetrainingResource {
    private static final String PERSON = "person";

    private final Jdbi database;
    private final Retraining retraining;
    private final RegisteredModels models;
    private final RetrainingRequests requests;
    private final OutboxRelay relay;
    private final Duration coolDown;

    RetrainingResource(
            Jdbi database,
            Retraining retraining,
            RegisteredModels models,
            Outbox outbox,
            OutboxRelay relay,
            LearningConfig config) {
        this.database = database;
        this.retraining = retraining;
        this.models = models;
        this.requests = new RetrainingRequests(outbox);
        this.relay = relay;
        this.coolDown = config.retraining().coolDown();
    }

    /**
     * What a person asks for.
     *
     * @param now whether to insist, though another request was closed a short time ago
     */
    public record Wish(Optional<String> reason, boolean now) {}

    /**
     * @param joined whether there was a request already, which carries this reason too
     */
    public record Asked(RequestView request, boolean joined) {}

    @POST
    @Path("/requests")
    @ResponseStatus(201)
    @Operation(summary = "Ask for a better model; a request that is open already is joined")
    public Asked ask(Wish wish) throws SQLException {
        boolean now = wish != null && wish.now();
        String reason = Optional.ofNullable(wish)
                .flatMap(Wish::reason)
                .filter(text -> !text.isBlank())
                .orElse("a person asked");
        Asked asked = database.inTransaction(transaction -> ask(transaction, reason, now));
        relay.nudge();
        return asked;
    }

    private Asked ask(Handle transaction, String reason, boolean now) throws SQLException {
        String modelId = models.active(transaction)
                .orElseThrow(
                        () -> ProblemException.unusable(
                                "no-active-model",
                                "no model is active; set stemline.models.active, or promote one with 'stemline models promote'"));
        var asking = new Asking(Slots.DEFAULT, modelId, PERSON, reason, List.of());
        return switch (requests.ask(transaction, asking, now ? Duration.ZERO : coolDown)) {
            case Answer.Opened opened -> new Asked(request(transaction, opened.requestId()), false);
            case Answer.Joined joined -> new Asked(request(transaction, joined.requestId()), true);
            case Answer.CoolingDown cooling ->
                throw ProblemException.unusable(
                        "cooling-down",
                        "the last request was closed a short time ago, and nothing is asked before %s; ask with 'now' to insist"
                                .formatted(cooling.until().truncatedTo(ChronoUnit.SECONDS)));
        };
    }

    @GET
    @Path("/requests")
    @Operation(summary = "The newest requests, newest first")
    public List<RequestView> requests(@QueryParam("limit") @DefaultValue("50") int limit) {
        return database.withHandle(handle -> retraining.requests(handle, Page.limit(limit)));
    }

    @GET
    @Path("/requests/{requestId}")
    @Operation(summary = "One request with its evidence and those who joined it")
    public RequestView request(@PathParam("requestId") String requestId) {
        return database.withHandle(handle -> request(handle, requestId));
    }

    private RequestView request(Handle handle, String requestId) {
        return retraining.request(handle, requestId).orElseThrow(() -> ProblemException.notFound("request", requestId));
    }

    @GET
    @Path("/runs")
    @Operation(summary = "The newest training runs, newest first")
    public List<RunView> runs(@QueryParam("limit") @DefaultValue("50") int limit) {
        return database.withHandle(handle -> retraining.runs(handle, Page.limit(limit)));
    }

    @GET
    @Path("/runs/{runId}")
    @Operation(summary = "One training run with its course")
    public RunView.Whole run(@PathParam("runId") String runId) {
        return database.inTransaction(handle -> retraining
                .run(handle, runId)
                .map(run -> retraining.whole(handle, run))
                .orElseThrow(() -> ProblemException.notFound("run", runId)));
    }

    @GET
    @Path("/runs/{runId}/tracks")
    @Operation(summary = "What a training run learned from, as it was when the run began")
    public List<RunView.Track> tracks(
            @PathParam("runId") String runId, @QueryParam("limit") @DefaultValue("500") int limit) {
        return database.withHandle(handle -> retraining.tracks(handle, runId, Page.limit(limit)));
    }

    @GET
    @Path("/trials")
    @Operation(summary = "The newest trials of candidates beside the active model, newest first")
    public List<TrialView> trials(@QueryParam("limit") @DefaultValue("50") int limit) {
        return database.withHandle(handle -> models.trials(handle, Page.limit(limit)));
    }

    @GET
    @Path("/promotions")
    @Operation(summary = "All changes of the active model, newest first")
    public List<Promotion> promotions() {
        return database.withHandle(handle -> Promotions.history(handle, Slots.DEFAULT));
    }
}
