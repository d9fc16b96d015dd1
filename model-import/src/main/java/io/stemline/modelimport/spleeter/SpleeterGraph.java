package io.stemline.modelimport.spleeter;

import io.stemline.separation.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Spleeter's own graph, from samples to samples, as its project publishes it ({@code model.meta}): what an imported model
 * is compared with. It takes a whole track at once, and memory for all of it.
 *
 * <p>Spleeter's program puts a frame of {@value #LEAD_SAMPLES} zeros in front of a track and cuts it off again; the
 * published graphs are older than that and leave it to whoever feeds them. {@link #separate} does it.
 */
public final class SpleeterGraph implements AutoCloseable {

    /** Zeros in front of a track. */
    public static final int LEAD_SAMPLES = 4096;

    private static final String WAVEFORM = "waveform";
    private static final String ASSIGN = "/Assign";

    private final GraphDef definition;
    private final SaverDef saver;
    private final Graph graph;
    private final Session session;
    private final List<String> stems;

    private SpleeterGraph(MetaGraphDef published) {
        this.definition = published.getGraphDef();
        this.saver = published.getSaverDef();
        this.graph = new Graph();
        this.graph.importGraphDef(definition);
        this.session = new Session(graph);
        this.stems = stems(definition);
    }

    /**
     * Loads a graph. It has no weights until {@link #restore} or {@link #assign} is called.
     *
     * @param metaGraph a file that ends in {@code .meta}
     * @throws ModelException if it cannot be read
     */
    public static SpleeterGraph load(Path metaGraph) {
        try (var input = Files.newInputStream(metaGraph)) {
            return new SpleeterGraph(MetaGraphDef.parseFrom(input));
        } catch (NoSuchFileException e) {
            throw new ModelException(metaGraph + ": there is no such file", e);
        } catch (IOException e) {
            throw new ModelException(metaGraph + ": not a graph of TensorFlow (" + e.getMessage() + ")", e);
        }
    }

    /** How many stems come out. */
    public int stems() {
        return stems.size();
    }

    /**
     * Separates a whole track at once.
     *
     * @param mixture at 44.1 kHz, {@code [2][frame]}
     * @return {@code [stem][2][frame]}
     */
    public float[][][] separate(float[][] mixture) {
        int frames = mixture[0].length;
        float[] fed = new float[2 * (LEAD_SAMPLES + frames)];
        for (int n = 0; n < frames; n++) {
            fed[2 * (LEAD_SAMPLES + n)] = mixture[0][n];
            fed[2 * (LEAD_SAMPLES + n) + 1] = mixture[1][n];
        }
        float[][][] separated = new float[stems.size()][2][frames];
        float[][] answers = run(fed);
        for (int stem = 0; stem < separated.length; stem++) {
            for (int n = 0; n < frames; n++) {
                separated[stem][0][n] = answers[stem][2 * (LEAD_SAMPLES + n)];
                separated[stem][1][n] = answers[stem][2 * (LEAD_SAMPLES + n) + 1];
            }
        }
        return separated;
    }

    /** What the graph says to interleaved samples, {@code [stem][frame * 2 + channel]}. */
    private float[][] run(float[] samples) {
        try (var fed = TFloat32.tensorOf(Shape.of(samples.length / 2, 2), DataBuffers.of(samples, true, false))) {
            var runner = session.runner().feed(WAVEFORM, fed);
            stems.forEach(runner::fetch);
            float[][] answers = new float[stems.size()][samples.length];
            try (var fetched = runner.run()) {
                for (int stem = 0; stem < answers.length; stem++) {
                    ((TFloat32) fetched.get(stem))
                            .asRawTensor()
                            .data()
                            .asFloats()
                            .read(answers[stem]);
                }
            }
            return answers;
        }
    }

    /**
     * Gives all variables random values: kernels that keep the size of what goes through them, and biases and statistics
     * of normalisation that are far from 0 and 1, so that leaving one out would be noticed.
     */
    public void assignRandomWeights(long seed) {
        var random = new SplittableRandom(seed);
        var values = new LinkedHashMap<String, float[]>();
        shapes().forEach((name, shape) -> values.put(name, randomValues(name, shape, random)));
        assign(values);
    }

    private static float[] randomValues(String name, Shape shape, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(shape.size())];
        double fanIn = shape.numDimensions() == 4
                ? shape.get(0) * shape.get(1) * (name.contains("transpose") ? shape.get(3) / 4.0 : shape.get(2))
                : 1;
        var part = name.substring(name.lastIndexOf('/') + 1);
        for (int index = 0; index < values.length; index++) {
            double value = random.nextDouble(-1, 1);
            values[index] = (float)
                    switch (part) {
                        case "kernel" -> value * Math.sqrt(6 / fanIn);
                        case "gamma" -> 1 + 0.5 * value;
                        case "moving_variance" -> 1 + 0.5 * value;
                        default -> 0.3 * value;
                    };
        }
        return values;
    }

    /**
     * Sets variables.
     *
     * @param values flat, by name
     */
    public void assign(Map<String, float[]> values) {
        var shapes = shapes();
        var initialValues = initialValues();
        var tensors = new ArrayList<TFloat32>();
        try {
            var runner = session.runner();
            values.forEach((name, flat) -> {
                var tensor = TFloat32.tensorOf(shapes.get(name), DataBuffers.of(flat, true, false));
                tensors.add(tensor);
                runner.feed(initialValues.get(name + ASSIGN), tensor).addTarget(name + ASSIGN);
            });
            runner.run().close();
        } finally {
            tensors.forEach(TFloat32::close);
        }
    }

    /** The variables' shapes by name. */
    public Map<String, Shape> shapes() {
        var shapes = new LinkedHashMap<String, Shape>();
        for (var node : definition.getNodeList()) {
            if (node.getOp().equals("VarHandleOp")) {
                shapes.put(
                        node.getName(),
                        Shape.of(node.getAttrOrThrow("shape").getShape().getDimList().stream()
                                .mapToLong(dimension -> dimension.getSize())
                                .toArray()));
            }
        }
        return shapes;
    }

    /** What an assignment gives to its variable, by the assignment's name. */
    private Map<String, String> initialValues() {
        return definition.getNodeList().stream()
                .filter(node -> node.getName().endsWith(ASSIGN))
                .collect(Collectors.toMap(NodeDef::getName, node -> node.getInput(1)));
    }

    /**
     * Writes a checkpoint with the graph's own operations.
     *
     * @param prefix the files' common beginning
     */
    public void save(Path prefix) {
        try (var file = TString.scalarOf(prefix.toString())) {
            session.runner().addTarget("global_step/Assign").run().close();
            session.runner()
                    .feed(saver.getFilenameTensorName(), file)
                    .fetch(saver.getSaveTensorName())
                    .run()
                    .close();
        }
    }

    /**
     * Reads a checkpoint with the graph's own operations.
     *
     * @param prefix the files' common beginning
     */
    public void restore(Path prefix) {
        try (var file = TString.scalarOf(prefix.toString())) {
            session.runner()
                    .feed(saver.getFilenameTensorName(), file)
                    .addTarget(saver.getRestoreOpName())
                    .run()
                    .close();
        }
    }

    /** The outputs in the order of the graph, which is that of the stems: slices of samples that nothing takes. */
    private static List<String> stems(GraphDef definition) {
        Set<String> taken = new HashSet<>();
        definition
                .getNodeList()
                .forEach(node -> node.getInputList().forEach(input -> taken.add(input.replaceAll("^\\^|:.*$", ""))));
        var outputs = new ArrayList<String>();
        for (NodeDef node : definition.getNodeList()) {
            if (node.getOp().equals("StridedSlice")
                    && node.getAttrOrThrow("T").getType() == DataType.DT_FLOAT
                    && !taken.contains(node.getName())) {
                outputs.add(node.getName());
            }
        }
        return outputs;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
