package io.stemline.separator;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.audio.peaks.PeakRecorder;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.StoreException;
import io.stemline.separation.streaming.StemOutputs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Peaks of the mixture and of each stem, noted in passing, so that nobody has to read the audio again to draw it; at the end files on their
 * way into the object store, until somebody commits them.
 */
final class PeakUploads implements AutoCloseable {
    private static final String MIXTURE = "mixture";

    private final ObjectStore store;
    private final String prefix;
    private final Map<String, PeakRecorder> recorders = new LinkedHashMap<>(); // by stem
    private final List<ObjectStore.Upload> uploads = new ArrayList<>();

    /**
     * @param prefix where the peaks go: {@code separations/<id>/}
     */
    PeakUploads(ObjectStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /** The same mixture, whose peaks are noted as it is read. */
    AudioSource of(AudioSource mixture) {
        return new PeakedSource(mixture, recorder(MIXTURE, mixture.format()));
    }

    /** The same outputs, whose peaks are noted as they are written. */
    StemOutputs of(StemOutputs outputs) {
        return (stem, format) -> {
            AudioSink sink = outputs.open(stem, format);
            return new PeakedSink(sink, recorder(stem, format));
        };
    }

    private synchronized PeakRecorder recorder(String stem, AudioFormat format) {
        var recorder = new PeakRecorder(format);
        recorders.put(stem, recorder);
        return recorder;
    }

    /** Writes the peaks, to become {@code separations/<id>/peaks/<stem>.peaks}. */
    List<ObjectStore.Upload> write() {
        recorders.forEach((stem, recorder) -> {
            String object = "%speaks/%s.peaks".formatted(prefix, stem);
            ObjectStore.Upload upload = store.begin(object);
            uploads.add(upload);
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(upload.path()))) {
                recorder.writeTo(file);
            } catch (IOException e) {
                throw new StoreException(object + ": cannot be stored (" + e.getMessage() + ")", e);
            }
        });
        return List.copyOf(uploads);
    }

    @Override
    public void close() {
        uploads.forEach(ObjectStore.Upload::close);
    }
}
