package io.stemline.cli.catalogue;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stemline.cli.catalogue.RegisteredModel.Promotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks the catalogue about models, and what they learn from. */
public final class Learning {

    private static final String JSON = "application/json";

    private final Catalogue catalogue;

    public Learning(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Gives a track its true stems. */
    public TrackReferences addReferences(String trackId, Path folder) {
        return post(
                "/api/tracks/" + Catalogue.encoded(trackId) + "/references",
                Map.of("folder", folder.toString()),
                new TypeReference<>() {});
    }

    /** Has tracks with true stems join a data set. */
    public Dataset.Accepted addDataset(String name, Path path, Optional<Path> audioRoot) {
        var body = new TreeMap<String, Object>(Map.of("name", name, "path", path.toString()));
        audioRoot.ifPresent(root -> body.put("audioRoot", root.toString()));
        return post("/api/datasets", body, new TypeReference<>() {});
    }

    /** All data sets, newest first. */
    public List<Dataset> datasets() {
        return get("/api/datasets", new TypeReference<>() {});
    }

    public Dataset.Whole dataset(String name) {
        return get("/api/datasets/" + Catalogue.encoded(name), new TypeReference<>() {});
    }

    public RegisteredModel.All models() {
        return get("/api/models", new TypeReference<>() {});
    }

    public RegisteredModel.Whole model(String modelId) {
        return get("/api/models/" + Catalogue.encoded(modelId), new TypeReference<>() {});
    }

    public Promotion promote(String modelId, Optional<String> reason) {
        return post(
                "/api/models/" + Catalogue.encoded(modelId) + "/promote", because(reason), new TypeReference<>() {});
    }

    public RegisteredModel.Whole refuse(String modelId, String reason) {
        return post(
                "/api/models/" + Catalogue.encoded(modelId) + "/refuse",
                because(Optional.of(reason)),
                new TypeReference<>() {});
    }

    public Promotion rollBack(Optional<String> reason) {
        return post("/api/models/rollback", because(reason), new TypeReference<>() {});
    }

    /**
     * Asks for a better model.
     *
     * @param now whether to insist, though another request was closed a short time ago
     */
    public RetrainingRequest.Asked ask(Optional<String> reason, boolean now) {
        var body = because(reason);
        body.put("now", now);
        return post("/api/retraining/requests", body, new TypeReference<>() {});
    }

    /** The newest requests, newest first. */
    public List<RetrainingRequest> requests() {
        return get("/api/retraining/requests", new TypeReference<>() {});
    }

    /** The newest training runs, newest first. */
    public List<TrainingRun> runs() {
        return get("/api/retraining/runs", new TypeReference<>() {});
    }

    public TrainingRun.Whole run(String runId) {
        return get("/api/retraining/runs/" + Catalogue.encoded(runId), new TypeReference<>() {});
    }

    /** Where a stem, separation, track, entry, model, run or request comes from. */
    public Lineage lineage(String id) {
        return get("/api/lineage/" + Catalogue.encoded(id).replace("%2F", "/"), new TypeReference<>() {});
    }

    private static TreeMap<String, Object> because(Optional<String> reason) {
        var body = new TreeMap<String, Object>();
        reason.ifPresent(text -> body.put("reason", text));
        return body;
    }

    private <T> T get(String path, TypeReference<T> answer) {
        return catalogue.read(catalogue.get(path), answer);
    }

    private <T> T post(String path, Map<String, Object> body, TypeReference<T> answer) {
        return catalogue.post(path, JSON, Catalogue.write(body), answer);
    }
}
