package io.stemline.ingest.learning;

import io.smallrye.common.annotation.Blocking;
import io.stemline.ingest.problems.Page;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.pipeline.outbox.Outbox;
import io.stemline.pipeline.outbox.OutboxRelay;
import io.stemline.registry.Models;
import io.stemline.registry.Promotion;
import io.stemline.registry.Promotion.DecidedBy;
import io.stemline.registry.Promotions;
import io.stemline.registry.RegisteredModel;
import io.stemline.registry.RegistryException;
import io.stemline.registry.Slots;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Models: what there is, and decisions about them by hand. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Learning")
@Blocking
public final class ModelResource {
    private static final Logger LOGGER = LoggerFactory.getLogger(ModelResource.class);
    private static final String BY_HAND = "decided by hand";

    private final Jdbi database;
    private final RegisteredModels models;
    private final ScoreMedians medians;
    private final ModelTexts texts;
    private final Promotions promotions;
    private final OutboxRelay relay;

    ModelResource(
            Jdbi database,
            RegisteredModels models,
            ScoreMedians medians,
            ModelTexts texts,
            Outbox outbox,
            OutboxRelay relay) {
        this.database = database;
        this.models = models;
        this.medians = medians;
        this.texts = texts;
        this.promotions = new Promotions(outbox);
        this.relay = relay;
    }

    /** Why somebody decides so. */
    public record Reason(Optional<String> reason) {
        static Optional<String> of(Reason given) {
            return Optional.ofNullable(given).flatMap(Reason::reason).filter(text -> !text.isBlank());
        }
    }

    @GET
    @Operation(summary = "All registered models, newest first, and which one is active")
    public ModelView.All all() {
        return database.inTransaction(models::all);
    }

    @GET
    @Path("/{modelId}")
    @Operation(summary = "One model with its trial and its promotions")
    public ModelView.Whole model(@PathParam("modelId") String modelId) {
        return database.inTransaction(handle -> models.find(handle, modelId)
                .map(model -> models.whole(handle, model))
                .orElseThrow(() -> ProblemException.notFound("model", modelId)));
    }

    @GET
    @Path("/{modelId}/scores")
    @Operation(
            summary = "Medians of a model's scores by metric and stem, and beside its parent on the same tracks",
            description = "Of each track the newest evaluation counts, and of the tracks the newest 2,000.")
    public ModelScores scores(@PathParam("modelId") String modelId) {
        return database.inTransaction(handle -> {
            Optional<String> parentId = find(handle, modelId).parentModelId();
            return new ModelScores(
                    modelId,
                    medians.scores(handle, modelId),
                    parentId.map(
                            parent -> new ModelScores.Parent(parent, medians.differences(handle, modelId, parent))));
        });
    }

    @GET
    @Path("/{modelId}/separations")
    @Operation(summary = "What a model separated last, newest first")
    public List<Lineage.Separation> separations(
            @PathParam("modelId") String modelId, @QueryParam("limit") @DefaultValue("50") int limit) {
        return database.inTransaction(handle -> {
            find(handle, modelId);
            return models.separations(handle, modelId, Page.limit(limit));
        });
    }

    @GET
    @Path("/{modelId}/card")
    @Produces("text/markdown")
    @Operation(summary = "The text for people in a model's package, Markdown")
    public String card(@PathParam("modelId") String modelId) {
        return cardOf(modelId)
                .orElseThrow(() -> ProblemException.notFound("MODEL_CARD.md in the package of model", modelId));
    }

    /** The text for people in a model's package; empty where it has none. */
    public Optional<String> cardOf(String modelId) {
        return texts.of(database.withHandle(handle -> find(handle, modelId)));
    }

    private static RegisteredModel find(Handle handle, String modelId) {
        return Models.find(handle, modelId).orElseThrow(() -> ProblemException.notFound("model", modelId));
    }

    @POST
    @Path("/{modelId}/promote")
    @Operation(summary = "Make a model the active one; separators change over between two tracks")
    public Promotion promote(@PathParam("modelId") String modelId, Reason reason) {
        Promotion promotion = decide(transaction -> promotions.promote(
                transaction,
                Slots.DEFAULT,
                modelId,
                models.active(transaction),
                DecidedBy.PERSON,
                Reason.of(reason).orElse(BY_HAND)));
        return told(promotion);
    }

    @POST
    @Path("/{modelId}/refuse")
    @Operation(summary = "Decide against a candidate, and say why; it is kept")
    public ModelView.Whole refuse(@PathParam("modelId") String modelId, Reason reason) {
        String why =
                Reason.of(reason).orElseThrow(() -> ProblemException.malformed("say why: {\"reason\": \"it hums\"}"));
        decide(transaction -> {
            Promotions.refuse(transaction, modelId, DecidedBy.PERSON, why);
            return modelId;
        });
        LOGGER.atInfo().addKeyValue("model", modelId).log("Refused by hand: {}", why);
        return model(modelId);
    }

    @POST
    @Path("/rollback")
    @Operation(summary = "Make the model active again that was so before the last change")
    public Promotion rollBack(Reason reason) {
        return told(decide(transaction -> promotions.rollBack(
                transaction, Slots.DEFAULT, Reason.of(reason).orElse("taken back by hand"))));
    }

    private <T, X extends Exception> T decide(HandleCallback<T, X> decision) {
        try {
            return database.inTransaction(handle -> decision.withHandle(handle));
        } catch (RegistryException e) {
            throw ProblemException.unusable("models", e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the decision was not recorded: " + e.getMessage(), e);
        }
    }

    private Promotion told(Promotion promotion) {
        relay.nudge();
        LOGGER.atInfo().addKeyValue("model", promotion.modelId()).log("Promoted by hand: {}", promotion.reason());
        return promotion;
    }
}
