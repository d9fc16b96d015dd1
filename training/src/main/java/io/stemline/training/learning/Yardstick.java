package io.stemline.training.learning;

import io.stemline.training.batches.Batch;
import io.stemline.training.graph.Layers;
import io.stemline.training.graph.TensorFlowNatives;
import io.stemline.training.graph.Tensors;
import io.stemline.training.graph.Variables;
import io.stemline.training.network.Estimates;
import io.stemline.training.network.NetworkConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Measures how far a network's stems are from the true ones, as it will answer after training. The figure of a stem is the
 * mean over mixtures of 10 log10(error / energy of the mixture + 0.002) in decibels, where the error is the energy of the
 * difference, of complex spectra or of samples. A stem that is right to -27 dB is right enough, so that silent stems do not
 * take over.
 */
public final class Yardstick implements AutoCloseable {
    private static final double RIGHT_ENOUGH = 0.002;
    private static final double SILENCE = 1e-9;

    private final NetworkConfiguration configuration;
    private final Graph graph = new Graph();
    private final Session session;
    private final Signals signals;
    private final Variables variables;
    private final Operand<TFloat32> errors;
    private final Operand<TFloat32> energies;
    private final Operand<TFloat32> waveforms;

    /** A network without weights; {@link #of} brings them. */
    public Yardstick(NetworkConfiguration configuration, int threads) {
        this.configuration = configuration;
        Ops tf = Ops.create(graph);
        Layers layers = new Layers(tf, Layers.Mode.INFERENCE, 0);
        signals = new Signals(tf, configuration);
        Estimates estimates = configuration.architecture().build(layers, signals.fed());
        errors = signals.errors(estimates);
        energies = signals.energies(estimates);
        waveforms = signals.waveforms(estimates);
        variables = new Variables(tf, layers.parameters().values());
        session = new Session(graph, TensorFlowNatives.threads(threads));
    }

    /**
     * The figure of each stem, over all batches.
     *
     * @param weights for an {@link InferenceNetwork} of the configuration
     */
    public Map<String, Double> of(Map<String, float[]> weights, List<Batch> batches) {
        variables.assign(session, weights);
        int stems = configuration.stems().size();
        double[] sums = new double[stems];
        int mixtures = 0;
        for (Batch batch : batches) {
            Session.Runner runner = session.runner();
            List<TFloat32> fed = signals.feed(runner, batch);
            try (var fetched = runner.fetch(errors).fetch(energies).run()) {
                add(Tensors.floats((TFloat32) fetched.get(0)), Tensors.floats((TFloat32) fetched.get(1)), sums);
            } finally {
                fed.forEach(TFloat32::close);
            }
            mixtures += batch.size();
        }
        Map<String, Double> byStem = new LinkedHashMap<>();
        for (int stem = 0; stem < stems; stem++) {
            byStem.put(configuration.stems().get(stem), 10 * sums[stem] / mixtures);
        }
        return byStem;
    }

    /**
     * What the network whose weights were measured last makes of a batch's mixtures.
     *
     * @return samples, {@code [batch][stem][channel][frame]}, flat
     */
    public float[] estimates(Batch batch) {
        Session.Runner runner = session.runner();
        try (TFloat32 fed = signals.feedMixtures(runner, batch.mixtures(), batch.size());
                var fetched = runner.fetch(waveforms).run()) {
            return Tensors.floats((TFloat32) fetched.get(0));
        }
    }

    /**
     * @param stemErrors {@code [mixture][stem]}, flat
     * @param mixtureEnergies {@code [mixture]}
     */
    private static void add(float[] stemErrors, float[] mixtureEnergies, double[] sums) {
        for (int i = 0; i < stemErrors.length; i++) {
            double energy = mixtureEnergies[i / sums.length] + SILENCE;
            sums[i % sums.length] += Math.log10(stemErrors[i] / energy + RIGHT_ENOUGH);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
