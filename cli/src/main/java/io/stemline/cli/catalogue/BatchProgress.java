package io.stemline.cli.catalogue;

import java.util.List;

/**
 * What changed in a batch.
 *
 * @param changed entries that changed; the first events tell of all of them
 * @param working entries that are under work
 */
public record BatchProgress(Batch batch, List<Item> changed, List<Working> working) {

    public BatchProgress {
        changed = changed == null ? List.of() : List.copyOf(changed);
        working = working == null ? List.of() : List.copyOf(working);
    }

    /**
     * An entry under work.
     *
     * @param stage what is being done
     * @param fraction how much of that is done, 0 to 1
     */
    public record Working(String itemId, String service, String stage, double fraction) {}
}
