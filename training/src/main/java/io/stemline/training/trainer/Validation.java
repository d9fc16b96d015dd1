package io.stemline.training.trainer;

import io.stemline.training.examples.Batch;
import io.stemline.training.network.InferenceNetwork;
import io.stemline.training.network.NetworkConfiguration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the network of the averaged weights is from the held-out stems: for each stem the mean over mixtures of
 * log10(error / energy of the mixture + 0.002), times ten, in decibels.
 */
final class Validation implements AutoCloseable {
    private static final double RIGHT_ENOUGH = 0.002;

    /** The figures of one validation. */
    record Figures(Map<String, Double> byStemDb) {
        double mean() {
            return byStemDb.values().stream()
                    .mapToDouble(value -> value)
                    .average()
                    .orElseThrow();
        }
    }

    private final NetworkConfiguration configuration;
    private final List<Batch> batches;
    private final InferenceNetwork network;

    Validation(NetworkConfiguration configuration, List<Batch> batches, Map<String, float[]> weights) {
        this.configuration = configuration;
        this.batches = batches;
        network = new InferenceNetwork(configuration, weights);
    }

    Figures of(Map<String, float[]> weights) {
        network.assign(weights);
        double[] sums = new double[configuration.stems().size()];
        int mixtures = 0;
        for (Batch batch : batches) {
            add(batch, network.masks(batch.mixtures(), batch.size()), sums);
            mixtures += batch.size();
        }
        Map<String, Double> byStem = new LinkedHashMap<>();
        for (int stem = 0; stem < sums.length; stem++) {
            byStem.put(configuration.stems().get(stem), 10 * sums[stem] / mixtures);
        }
        return new Figures(byStem);
    }

    private void add(Batch batch, float[] masks, double[] sums) {
        int channels = configuration.channels();
        int outputs = sums.length * channels;
        int cells = configuration.frames() * configuration.bins();
        for (int chunk = 0; chunk < batch.size(); chunk++) {
            double[] errors = new double[sums.length];
            double energy = 0;
            for (int cell = chunk * cells; cell < (chunk + 1) * cells; cell++) {
                for (int output = 0; output < outputs; output++) {
                    float magnitude = batch.mixtures()[cell * channels + output % channels];
                    double error =
                            masks[cell * outputs + output] * magnitude - batch.targets()[cell * outputs + output];
                    errors[output / channels] += error * error;
                    energy += output < channels ? magnitude * magnitude : 0;
                }
            }
            for (int stem = 0; stem < sums.length; stem++) {
                sums[stem] += Math.log10(errors[stem] / (energy + 1e-9) + RIGHT_ENOUGH);
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
