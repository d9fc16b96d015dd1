package io.stemline.ingest.console.catalogue;

import io.stemline.ingest.console.catalogue.CatalogueQuery.Condition;
import java.util.List;
import java.util.Map;

/** Entries that something is to be done with: some by their ids, or all that match a query. */
sealed interface Selection {

    record Items(List<String> itemIds) implements Selection {
        public Items {
            itemIds = List.copyOf(itemIds);
        }
    }

    record Matching(CatalogueQuery query) implements Selection {}

    /** The condition on {@code batch_item}. */
    default Condition condition() {
        return switch (this) {
            case Items items ->
                new Condition(
                        "item_id = any(:itemIds)",
                        Map.of("itemIds", items.itemIds().toArray(String[]::new)));
            case Matching matching -> matching.query().condition();
        };
    }
}
