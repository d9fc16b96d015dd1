package io.stemline.evaluator;

import io.stemline.evaluation.StemFile;
import io.stemline.events.Reference;
import io.stemline.events.StemsReady;
import io.stemline.pipeline.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/** The audio of a separation as files on this machine, until it is closed. */
final class LocalStems implements AutoCloseable {
    private final ObjectStore store;
    private final List<ObjectStore.LocalObject> fetched = new ArrayList<>();

    LocalStems(ObjectStore store) {
        this.store = store;
    }

    StemFile mixture(StemsReady separation) {
        return file("mixture", separation.mixture(), 0);
    }

    List<StemFile> estimates(StemsReady separation) {
        return separation.stems().stream()
                .map(stem -> file(stem.stem(), stem.object(), 0))
                .toList();
    }

    List<StemFile> references(StemsReady separation) {
        return separation.references().stream()
                .map((Reference reference) -> file(reference.stem(), reference.object(), reference.stream()))
                .toList();
    }

    private StemFile file(String stem, String object, int stream) {
        ObjectStore.LocalObject local = store.fetch(object);
        fetched.add(local);
        return new StemFile(stem, local.path(), stream);
    }

    @Override
    public void close() {
        fetched.forEach(ObjectStore.LocalObject::close);
    }
}
