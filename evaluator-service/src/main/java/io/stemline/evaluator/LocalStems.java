package io.stemline.evaluator;

import io.stemline.audio.ReadOptions;
import io.stemline.evaluation.StemFile;
import io.stemline.events.Reference;
import io.stemline.events.StemsReady;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.service.Decoding;
import java.util.ArrayList;
import java.util.List;

/** The audio of a separation as files on this machine, until it is closed. Only stems are our own, so all else is read with care. */
final class LocalStems implements AutoCloseable {
    private final ObjectStore store;
    private final Decoding decoding;
    private final List<ObjectStore.LocalObject> fetched = new ArrayList<>();

    LocalStems(ObjectStore store, Decoding decoding) {
        this.store = store;
        this.decoding = decoding;
    }

    StemFile mixture(StemsReady separation) {
        return file("mixture", separation.mixture(), decoding.asIs());
    }

    List<StemFile> estimates(StemsReady separation) {
        return separation.stems().stream()
                .map(stem -> file(stem.stem(), stem.object(), ReadOptions.asIs()))
                .toList();
    }

    List<StemFile> references(StemsReady separation) {
        return separation.references().stream()
                .map((Reference reference) -> file(
                        reference.stem(), reference.object(), decoding.asIs().ofStream(reference.stream())))
                .toList();
    }

    private StemFile file(String stem, String object, ReadOptions reading) {
        ObjectStore.LocalObject local = store.fetch(object);
        fetched.add(local);
        return new StemFile(stem, local.path(), reading);
    }

    @Override
    public void close() {
        fetched.forEach(ObjectStore.LocalObject::close);
    }
}
