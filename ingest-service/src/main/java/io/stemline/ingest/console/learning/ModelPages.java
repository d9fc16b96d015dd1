package io.stemline.ingest.console.learning;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.stemline.ingest.console.Addresses;
import io.stemline.ingest.console.WatchedPages;
import io.stemline.ingest.learning.Lineage;
import io.stemline.ingest.learning.ModelResource;
import io.stemline.ingest.learning.ModelResource.Reason;
import io.stemline.ingest.learning.ModelScores;
import io.stemline.ingest.learning.ModelView;
import io.stemline.ingest.learning.RetrainingResource;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.registry.Promotion;
import io.stemline.registry.RegisteredModel;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The pages of models. What decides asks first, on a page of its own that takes the reason. */
@Path("/models")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class ModelPages {
    private static final String USUAL_METRIC = "SDR";
    private static final int SEPARATIONS = 12;
    private static final int PROMOTIONS = 20;

    private final ModelResource models;
    private final RetrainingResource retraining;
    private final WatchedPages watched;

    ModelPages(ModelResource models, RetrainingResource retraining, WatchedPages watched) {
        this.models = models;
        this.retraining = retraining;
        this.watched = watched;
    }

    @CheckedTemplate(basePath = "learning", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record ModelsPage(
            List<Line> lines,
            List<String> metrics,
            String metric,
            List<String> stems,
            Optional<String> unlisted,
            List<Promotion> promotions,
            List<ModelView> refused,
            Optional<String> notice)
            implements TemplateInstance {}

    /**
     * A model in the list.
     *
     * @param mediansDb of the metric that is looked at, by stem
     */
    record Line(ModelView model, List<Optional<Double>> mediansDb) {}

    @CheckedTemplate(basePath = "learning", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record ModelPage(
            ModelView model,
            List<Promotion> promotions,
            ScoreGrid scores,
            Optional<ModelScores.Parent> parent,
            Optional<RunCourse> course,
            Optional<ShownTrial> decided,
            List<Lineage.Separation> separations,
            Optional<RawString> card,
            Optional<String> notice)
            implements TemplateInstance {}

    /**
     * The question before a decision.
     *
     * @param action where the answer goes
     * @param needsReason whether it cannot be decided without one
     * @param back where no answer leads
     */
    @CheckedTemplate(basePath = "learning", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record DecisionPage(
            String question, String explanation, String action, String answer, boolean needsReason, String back)
            implements TemplateInstance {}

    @GET
    @Operation(hidden = true)
    public TemplateInstance all(@RestQuery Optional<String> metric, @RestQuery Optional<String> now) {
        ModelView.All all = models.all();
        List<ModelScores> scores = all.models().stream()
                .map(model -> models.scores(model.modelId()))
                .toList();
        List<String> metrics = distinct(scores, ModelScores.Score::metric);
        String shown = metric.filter(metrics::contains)
                .orElseGet(
                        () -> metrics.contains(USUAL_METRIC) || metrics.isEmpty() ? USUAL_METRIC : metrics.getFirst());
        List<String> stems = distinct(scores, ModelScores.Score::stem);
        return new ModelsPage(
                Stream.iterate(0, n -> n < scores.size(), n -> n + 1)
                        .map(n -> new Line(
                                all.models().get(n),
                                stems.stream()
                                        .map(stem -> ScoreGrid.medianDb(scores.get(n), shown, stem))
                                        .toList()))
                        .toList(),
                metrics,
                shown,
                stems,
                all.active()
                        .filter(active -> all.models().stream()
                                .noneMatch(model -> model.modelId().equals(active))),
                retraining.promotions().stream().limit(PROMOTIONS).toList(),
                all.models().stream()
                        .filter(model -> model.state() == RegisteredModel.State.REFUSED)
                        .toList(),
                now.map("%s is the active model now."::formatted));
    }

    @GET
    @Path("/changes")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> changes(@RestQuery Optional<String> metric, @Context Sse sse) {
        return watched.changes("/models?metric=" + metric.orElse(""), () -> all(metric, Optional.empty()), sse);
    }

    private static List<String> distinct(List<ModelScores> scores, Function<ModelScores.Score, String> of) {
        return scores.stream()
                .flatMap(each -> each.scores().stream())
                .map(of)
                .distinct()
                .sorted()
                .toList();
    }

    @GET
    @Path("/{modelId}")
    @Operation(hidden = true)
    public TemplateInstance model(@PathParam("modelId") String modelId, @RestQuery Optional<String> decided) {
        ModelView.Whole whole = models.model(modelId);
        ModelScores scores = models.scores(modelId);
        return new ModelPage(
                whole.model(),
                whole.promotions(),
                ScoreGrid.of(scores),
                scores.parent(),
                whole.model().runId().map(retraining::run).map(RunCourse::of),
                whole.trial().map(ShownTrial::of),
                models.separations(modelId, SEPARATIONS),
                models.cardOf(modelId).map(CardText::html),
                decided.map(decision -> decision.equals("refused")
                        ? "It was decided against this model. It is kept."
                        : "This model is active now. Separators change over between two tracks."));
    }

    @GET
    @Path("/{modelId}/changes")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Multi<OutboundSseEvent> modelChanges(@PathParam("modelId") String modelId, @Context Sse sse) {
        return watched.changes(addressOf(modelId), () -> model(modelId, Optional.empty()), sse);
    }

    @GET
    @Path("/{modelId}/promote")
    @Operation(hidden = true)
    public TemplateInstance askToPromote(@PathParam("modelId") String modelId) {
        models.model(modelId);
        String instead =
                models.all().active().map(" It takes over from %s."::formatted).orElse("");
        return new DecisionPage(
                "Make %s the active model?".formatted(modelId),
                "It separates from then on wherever nobody asks for another one; separators change over between two tracks.%s What was separated before stays as it is."
                        .formatted(instead),
                addressOf(modelId) + "/promote",
                "Promote",
                false,
                addressOf(modelId));
    }

    @POST
    @Path("/{modelId}/promote")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response promote(@PathParam("modelId") String modelId, @RestForm String reason) {
        models.promote(modelId, new Reason(Optional.ofNullable(reason)));
        return back(modelId, "promoted");
    }

    @GET
    @Path("/{modelId}/refuse")
    @Operation(hidden = true)
    public TemplateInstance askToRefuse(@PathParam("modelId") String modelId) {
        models.model(modelId);
        return new DecisionPage(
                "Decide against %s?".formatted(modelId),
                "It is kept, and can be promoted later. The reason stays with it.",
                addressOf(modelId) + "/refuse",
                "Refuse",
                true,
                addressOf(modelId));
    }

    @POST
    @Path("/{modelId}/refuse")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response refuse(@PathParam("modelId") String modelId, @RestForm String reason) {
        if (reason == null || reason.isBlank()) {
            throw ProblemException.malformed("say why %s is refused: the reason stays with it".formatted(modelId));
        }
        models.refuse(modelId, new Reason(Optional.of(reason.strip())));
        return back(modelId, "refused");
    }

    @GET
    @Path("/rollback")
    @Operation(hidden = true)
    public TemplateInstance askToRollBack() {
        Promotion last = retraining.promotions().stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.unusable(
                        "models", "no model was ever promoted, so there is nothing to take back"));
        String before = last.previousModelId()
                .orElseThrow(() -> ProblemException.unusable(
                        "models",
                        "the model before %s is not known; promote the one that you want".formatted(last.modelId())));
        return new DecisionPage(
                "Take the last change back?",
                "%s becomes active again in the place of %s. Separators change over between two tracks."
                        .formatted(before, last.modelId()),
                "/models/rollback",
                "Take back",
                false,
                "/models");
    }

    @POST
    @Path("/rollback")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response rollBack(@RestForm String reason) {
        Promotion promotion = models.rollBack(new Reason(Optional.ofNullable(reason)));
        return Response.seeOther(URI.create(Addresses.of("/models", Map.of("now", promotion.modelId()))))
                .build();
    }

    private static Response back(String modelId, String decision) {
        return Response.seeOther(URI.create(Addresses.of(addressOf(modelId), Map.of("decided", decision))))
                .build();
    }

    private static String addressOf(String modelId) {
        return "/models/" + Addresses.path(modelId);
    }
}
