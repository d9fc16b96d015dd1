package io.stemline.separator;

import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.Encoding;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.separation.streaming.StemOutputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stems on their way into the object store: files until somebody commits them. */
final class StemUploads implements StemOutputs, AutoCloseable {
    private final ObjectStore store;
    private final String prefix;
    private final Encoding encoding;
    private final Map<String, ObjectStore.Upload> uploads = new LinkedHashMap<>(); // by stem

    /**
     * @param prefix where the stems go: {@code separations/<id>/}
     */
    StemUploads(ObjectStore store, String prefix, Encoding encoding) {
        this.store = store;
        this.prefix = prefix;
        this.encoding = encoding;
    }

    @Override
    public AudioSink open(String stem, AudioFormat format) {
        ObjectStore.Upload upload = store.begin(objectOf(stem));
        uploads.put(stem, upload);
        return AudioFiles.create(upload.path(), format, encoding);
    }

    /** The key of a stem's file. */
    String objectOf(String stem) {
        return prefix + stem + "." + encoding.extension();
    }

    List<ObjectStore.Upload> uploads() {
        return List.copyOf(uploads.values());
    }

    @Override
    public void close() {
        uploads.values().forEach(ObjectStore.Upload::close);
    }
}
