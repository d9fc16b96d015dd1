package io.stemline.registry;

import io.stemline.registry.RegisteredModel.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The models in the registry. */
public final class Models {
    private Models() {}

    /** Where a model's package lies in the object store; ends with a slash. */
    public static String packagePrefix(String modelId) {
        return "models/" + modelId + "/";
    }

    /**
     * Registers a model that came with the installation. It is there already: nothing changes.
     *
     * @throws RegistryException if a model of that id with other weights is there
     */
    public static void registerInstalled(Handle transaction, String modelId, String weightsSha256) {
        register(transaction, modelId, weightsSha256, Optional.empty(), Optional.empty(), State.INSTALLED);
    }

    /**
     * Registers what a training run made. It is there already: nothing changes.
     *
     * @param parentModelId the model whose weights training started from
     * @throws RegistryException if a model of that id with other weights is there
     */
    public static void registerCandidate(
            Handle transaction, String modelId, String weightsSha256, Optional<String> parentModelId, String runId) {
        Optional<String> knownParent =
                parentModelId.flatMap(parent -> find(transaction, parent)).map(RegisteredModel::modelId);
        register(transaction, modelId, weightsSha256, knownParent, Optional.of(runId), State.CANDIDATE);
    }

    private static void register(
            Handle transaction,
            String modelId,
            String weightsSha256,
            Optional<String> parentModelId,
            Optional<String> runId,
            State state) {
        transaction
                .createUpdate("""
                        insert into model (model_id, package_prefix, weights_sha256, parent_model_id, run_id, state)
                        values (:modelId, :prefix, :weights, :parent, :runId, :state)
                        on conflict (model_id) do nothing
                        """)
                .bind("modelId", modelId)
                .bind("prefix", packagePrefix(modelId))
                .bind("weights", weightsSha256)
                .bind("parent", parentModelId)
                .bind("runId", runId)
                .bind("state", state)
                .execute();
        String registered = require(transaction, modelId).weightsSha256();
        if (!registered.equals(weightsSha256)) {
            throw new RegistryException(
                    "model %s: another model of this id is registered (weights %s, not %s); give it another id"
                            .formatted(modelId, registered, weightsSha256));
        }
    }

    public static Optional<RegisteredModel> find(Handle handle, String modelId) {
        return handle.createQuery("select * from model where model_id = :id")
                .bind("id", modelId)
                .map(Models::model)
                .findOne();
    }

    /**
     * A model that must be there.
     *
     * @throws RegistryException if it is not; the message names those there are
     */
    public static RegisteredModel require(Handle handle, String modelId) {
        return find(handle, modelId)
                .orElseThrow(() -> new RegistryException("no model '%s' is registered; there are: %s"
                        .formatted(
                                modelId,
                                all(handle).stream()
                                        .map(RegisteredModel::modelId)
                                        .toList())));
    }

    /** All models, newest first. */
    public static List<RegisteredModel> all(Handle handle) {
        return handle.createQuery("select * from model order by created_at desc, model_id")
                .map(Models::model)
                .list();
    }

    static void setState(Handle transaction, String modelId, State state, Optional<String> reason) {
        transaction
                .createUpdate("update model set state = :state, reason = :reason where model_id = :id")
                .bind("id", modelId)
                .bind("state", state)
                .bind("reason", reason)
                .execute();
    }

    private static RegisteredModel model(ResultSet row, StatementContext context) throws SQLException {
        return new RegisteredModel(
                row.getString("model_id"),
                row.getString("package_prefix"),
                row.getString("weights_sha256"),
                Optional.ofNullable(row.getString("parent_model_id")),
                Optional.ofNullable(row.getString("run_id")),
                State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("reason")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
