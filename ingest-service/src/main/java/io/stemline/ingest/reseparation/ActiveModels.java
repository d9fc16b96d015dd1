package io.stemline.ingest.reseparation;

import io.stemline.registry.Promotion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models that were active over time, the newest first.
 *
 * @param history the changes, newest first
 */
record ActiveModels(List<Promotion> history) {

    ActiveModels {
        history = List.copyOf(history);
    }

    /** All of them. */
    Set<String> all() {
        return within(history);
    }

    /**
     * Those that were active before a model was, the last time that it became so; empty if that model was never active. A model that
     * was taken back is older than the one that came back for it.
     */
    Optional<Set<String>> olderThan(String modelId) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).modelId().equals(modelId)) {
                Set<String> older = within(history.subList(i, history.size()));
                older.remove(modelId);
                return Optional.of(older);
            }
        }
        return all().contains(modelId) ? Optional.of(Set.of()) : Optional.empty();
    }

    private static Set<String> within(List<Promotion> changes) {
        var models = new LinkedHashSet<String>();
        for (Promotion change : changes) {
            models.add(change.modelId());
            change.previousModelId().ifPresent(models::add);
        }
        return models;
    }
}
