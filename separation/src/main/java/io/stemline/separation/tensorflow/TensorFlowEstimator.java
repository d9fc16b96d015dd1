package io.stemline.separation.tensorflow;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.stemline.separation.DeviceMemoryException;
import io.stemline.separation.SeparationException;
import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelException;
import io.stemline.separation.model.ModelPackage;
import io.stemline.separation.streaming.Segment;
import io.stemline.separation.streaming.StemEstimator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * A model package's network, loaded once. Segments are copied into a direct buffer that is kept from batch to batch; all
 * native memory of a batch is freed before the next.
 */
public final class TensorFlowEstimator implements StemEstimator {

    private static final Pattern UNKNOWN_OPERATION = Pattern.compile("Op type not registered '([^']+)'");

    private final ModelCard card;
    private final Signature signature;
    private final Model model;
    private final Predictor<NDList, NDList> predictor;
    private final AtomicLong computingNanos = new AtomicLong();
    private ByteBuffer input = ByteBuffer.allocateDirect(0);

    private TensorFlowEstimator(ModelCard card, Signature signature, Model model) {
        this.card = card;
        this.signature = signature;
        this.model = model;
        this.predictor = model.newPredictor(new NoopTranslator());
    }

    /**
     * Loads a network.
     *
     * @param runtime TensorFlow, started
     * @throws ModelException if the package holds no SavedModel that TensorFlow can load, or its signature is not what
     *     the card says
     */
    public static TensorFlowEstimator load(TensorFlowRuntime runtime, ModelPackage modelPackage) {
        var card = modelPackage.card();
        var signature = Signature.check(modelPackage);
        var device = runtime.device().gpu().isPresent() ? Device.gpu(0) : Device.cpu();
        var model = Model.newInstance(card.id(), device, "TensorFlow");
        try {
            model.load(modelPackage.savedModel(), "saved_model.pb");
            return new TensorFlowEstimator(card, signature, model);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new ModelException(
                    modelPackage.savedModel() + ": TensorFlow cannot load this SavedModel (" + whyNotLoaded(e) + ")",
                    e);
        }
    }

    private static String whyNotLoaded(Exception e) {
        var unknown = UNKNOWN_OPERATION.matcher(String.valueOf(e.getMessage()));
        return unknown.find()
                ? "it uses the operation '" + unknown.group(1)
                        + "', which this TensorFlow does not have; export it without"
                : e.getMessage();
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public void estimate(List<Segment> batch) {
        var values = filled(batch);
        try (var arrays = model.getNDManager().newSubManager(Device.cpu())) {
            var shape =
                    new Shape(LongStream.concat(LongStream.of(batch.size()), Arrays.stream(Signature.inputShape(card)))
                            .toArray());
            var mixture = arrays.create(values, shape, DataType.FLOAT32);
            long start = System.nanoTime();
            var answer = predictor.predict(new NDList(mixture)).get(signature.outputIndex());
            computingNanos.addAndGet(System.nanoTime() - start);
            copyOut(answer, batch);
        } catch (TranslateException e) {
            throw failure(batch.size(), e);
        }
    }

    @Override
    public Duration computing() {
        return Duration.ofNanos(computingNanos.get());
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }

    private ByteBuffer filled(List<Segment> batch) {
        int segmentFloats = batch.getFirst().input().length;
        int bytes = Math.multiplyExact(batch.size() * Float.BYTES, segmentFloats);
        if (input.capacity() < bytes) {
            input = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        input.clear().limit(bytes);
        FloatBuffer floats = input.asFloatBuffer();
        batch.forEach(segment -> floats.put(segment.input()));
        return input;
    }

    private void copyOut(NDArray answer, List<Segment> batch) {
        var expected =
                new Shape(LongStream.concat(LongStream.of(batch.size()), Arrays.stream(Signature.outputShape(card)))
                        .toArray());
        if (!answer.getShape().equals(expected)) {
            throw new ModelException("model '" + card.id() + "': the network answered with shape " + answer.getShape()
                    + ", the card says " + expected);
        }
        FloatBuffer floats = answer.toByteBuffer().asFloatBuffer();
        batch.forEach(segment -> floats.get(segment.output()));
    }

    private SeparationException failure(int batchSize, TranslateException e) {
        var sentence = "model '" + card.id() + "': TensorFlow failed on a batch of " + batchSize + " segments ("
                + reason(e) + ")";
        return e.getCause() instanceof TFResourceExhaustedException
                ? new DeviceMemoryException(sentence, e)
                : new SeparationException(sentence, e);
    }

    private static String reason(Throwable e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }
}
