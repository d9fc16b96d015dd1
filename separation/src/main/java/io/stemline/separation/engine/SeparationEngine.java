package io.stemline.separation.engine;

import io.stemline.audio.AudioSource;
import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.streaming.BatchSizeTuning;
import io.stemline.separation.streaming.NullEstimator;
import io.stemline.separation.streaming.SeparationOptions;
import io.stemline.separation.streaming.SeparationResult;
import io.stemline.separation.streaming.StemEstimator;
import io.stemline.separation.streaming.StemOutputs;
import io.stemline.separation.streaming.StreamingSeparator;
import io.stemline.separation.tensorflow.DeviceChoice;
import io.stemline.separation.tensorflow.TensorFlowEstimator;
import io.stemline.separation.tensorflow.TensorFlowRuntime;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Separates mixtures with the models that were loaded into it. Thread-safe: tracks of one model that are separated at the
 * same time share its network and fill its batches.
 *
 * <p>The model {@value NullEstimator#ID} is always there. TensorFlow is started when the first model package is loaded.
 */
public final class SeparationEngine implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(SeparationEngine.class);

    /** Methods without weights gain nothing from larger batches. */
    private static final int METHOD_BATCH_SIZE = 2;

    private final SeparationSettings settings;
    private final TreeMap<String, LoadedModel> models = new TreeMap<>();
    private final Object loading = new Object();
    private boolean closed;

    private SeparationEngine(SeparationSettings settings) {
        this.settings = settings;
        add(new NullEstimator());
    }

    /** Opens an engine. */
    public static SeparationEngine open(SeparationSettings settings) {
        return new SeparationEngine(settings);
    }

    /**
     * Loads a model, if no model of that id is loaded. Tracks of other models begin and go on meanwhile.
     *
     * @throws ModelException if the network cannot be loaded or is not what its card says
     * @throws io.stemline.separation.tensorflow.DeviceException if the device is not there
     */
    public void load(ModelPackage model) {
        synchronized (loading) {
            if (isLoaded(model.id())) {
                return;
            }
            StreamingSeparator.requireSupported(model.card());
            long start = System.nanoTime();
            var runtime = TensorFlowRuntime.start(DeviceChoice.of(settings.device()), settings.threads());
            var estimator = TensorFlowEstimator.load(runtime, model);
            int batchSize = settings.batchSize() > 0 ? settings.batchSize() : BatchSizeTuning.measure(estimator);
            put(new LoadedModel(estimator, batchSize));
            LOGGER.atInfo()
                    .addKeyValue("model", model.id())
                    .addKeyValue("seconds", (System.nanoTime() - start) / 1e9)
                    .log("model loaded");
        }
    }

    private synchronized boolean isLoaded(String modelId) {
        requireOpen();
        return models.containsKey(modelId);
    }

    private synchronized void put(LoadedModel model) {
        String id = model.estimator().card().id();
        if (closed || models.putIfAbsent(id, model) != null) {
            model.closeNow();
        }
        requireOpen();
    }

    /**
     * Adds a method without weights.
     *
     * @throws ModelException if a model of that id is loaded, or its representation is not supported
     */
    public synchronized void add(StemEstimator estimator) {
        requireOpen();
        var id = estimator.card().id();
        StreamingSeparator.requireSupported(estimator.card());
        if (models.containsKey(id)) {
            throw new ModelException("model '" + id + "' is already loaded");
        }
        int batchSize = settings.batchSize() > 0 ? settings.batchSize() : METHOD_BATCH_SIZE;
        models.put(id, new LoadedModel(estimator, batchSize));
    }

    /** Unloads a model as soon as the tracks in flight are done with it. Does nothing if it is not loaded. */
    public void unload(String modelId) {
        LoadedModel model;
        synchronized (this) {
            model = models.remove(modelId);
        }
        if (model != null) {
            model.retire();
        }
    }

    /** The cards of the loaded models, sorted by id. */
    public synchronized List<ModelCard> loaded() {
        return models.values().stream().map(model -> model.estimator().card()).toList();
    }

    /**
     * What a model's network has done since it was loaded.
     *
     * @throws ModelException if the model is not loaded
     */
    public EngineStatistics statistics(String modelId) {
        return find(modelId).statistics();
    }

    /**
     * How many tracks should be separated at the same time to keep a model's network busy, found by a measurement that
     * takes as long as separating a few segments.
     *
     * @throws ModelException if the model is not loaded
     */
    public int measureTracksInFlight(String modelId) {
        var model = enter(modelId);
        try {
            return TracksTuning.measure(model);
        } finally {
            model.leave();
        }
    }

    /**
     * Separates a segment of noise and forgets the stems.
     *
     * @throws ModelException if the model is not loaded, or does not do what its card says
     * @throws SeparationException if the network fails
     */
    public void tryOut(String modelId) {
        var model = enter(modelId);
        try {
            NoiseTrack.separate(model.separator(), model.estimator().card(), 1);
        } finally {
            model.leave();
        }
    }

    /**
     * Separates a mixture; see {@link StreamingSeparator#separate}.
     *
     * @throws ModelException if the model is not loaded
     * @throws SeparationException if the mixture cannot be read, the network fails, or a stem cannot be written
     */
    public SeparationResult separate(
            String modelId, AudioSource mixture, StemOutputs outputs, SeparationOptions options) {
        var model = enter(modelId);
        try {
            return model.separator().separate(mixture, outputs, options);
        } finally {
            model.leave();
        }
    }

    /** Separates a mixture without further wishes. */
    public SeparationResult separate(String modelId, AudioSource mixture, StemOutputs outputs) {
        return separate(modelId, mixture, outputs, SeparationOptions.none());
    }

    /** Unloads all models; separations still in flight fail. */
    @Override
    public void close() {
        List<LoadedModel> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(models.values());
            models.clear();
        }
        left.forEach(LoadedModel::closeNow);
    }

    private synchronized LoadedModel enter(String modelId) {
        var model = find(modelId);
        if (!model.enter()) {
            throw new ModelException("model '" + modelId + "' was unloaded");
        }
        return model;
    }

    private synchronized LoadedModel find(String modelId) {
        requireOpen();
        var model = models.get(modelId);
        if (model == null) {
            throw new ModelException(
                    "model '" + modelId + "' is not loaded; loaded are: " + String.join(", ", models.keySet()));
        }
        return model;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
    }
}
