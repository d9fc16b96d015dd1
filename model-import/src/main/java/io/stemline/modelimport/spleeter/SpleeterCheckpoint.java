package io.stemline.modelimport.spleeter;

import io.stemline.modelimport.spleeter.UNetWeights.Convolution;
import io.stemline.modelimport.spleeter.UNetWeights.Normalisation;
import io.stemline.separation.model.ModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One of Spleeter's checkpoints. Its tensors are named by kind and numbered through all U-Nets, in the order in which
 * Spleeter builds them: U-Net k owns seven of {@code conv2d}, six of {@code conv2d_transpose} and twelve of
 * {@code batch_normalization}, and number 0 is written without a number.
 */
final class SpleeterCheckpoint {

    private static final int CONVOLUTIONS = 7;
    private static final int TRANSPOSED = 6;
    private static final int NORMALISATIONS = 12;
    private static final int MOST_STEMS = 5;

    private final Checkpoint checkpoint;
    private final SpleeterModel model;

    private SpleeterCheckpoint(Checkpoint checkpoint, SpleeterModel model) {
        this.checkpoint = checkpoint;
        this.model = model;
    }

    /**
     * Opens the checkpoint in a folder and finds out which model it is of.
     *
     * @throws ModelException if it is none of Spleeter's
     */
    static SpleeterCheckpoint in(Path folder) {
        var checkpoint = Checkpoint.in(folder);
        int stems = 0;
        while (stems <= MOST_STEMS && checkpoint.has(numbered("conv2d", CONVOLUTIONS * stems) + "/kernel")) {
            stems++;
        }
        int found = stems;
        return Arrays.stream(SpleeterModel.values())
                .filter(candidate -> candidate.stems().size() == found)
                .findFirst()
                .map(known -> new SpleeterCheckpoint(checkpoint, known))
                .orElseThrow(() -> new ModelException(folder + ": this is the checkpoint of another model: it has "
                        + (found == 0
                                ? "no tensor 'conv2d/kernel'"
                                : "networks for " + (found > MOST_STEMS ? "more than 5" : found)
                                        + " stems, and Spleeter's have 2, 4 or 5")));
    }

    SpleeterModel model() {
        return model;
    }

    /**
     * The weights of all U-Nets, in the order of the model's stems.
     *
     * @throws ModelException if a tensor is missing or does not fit
     */
    List<UNetWeights> weights() {
        return IntStream.range(0, model.stems().size()).mapToObj(this::unet).toList();
    }

    private UNetWeights unet(int unet) {
        var tensors = checkpoint.read(shapes(unet));
        var down = convolutions(tensors, "conv2d", CONVOLUTIONS * unet, CONVOLUTIONS - 1);
        var up = convolutions(tensors, "conv2d_transpose", TRANSPOSED * unet, TRANSPOSED);
        var downNorms = normalisations(tensors, NORMALISATIONS * unet, down.size() - 1);
        var upNorms = normalisations(tensors, NORMALISATIONS * unet + down.size(), up.size());
        var head = convolution(tensors, numbered("conv2d", CONVOLUTIONS * unet + CONVOLUTIONS - 1));
        return new UNetWeights(down, downNorms, up, upNorms, head);
    }

    /** The shapes of all tensors of a U-Net that do something, by name. */
    static Map<String, List<Integer>> shapes(int unet) {
        var shapes = new LinkedHashMap<String, List<Integer>>();
        for (int step = 0; step < CONVOLUTIONS - 1; step++) {
            int out = UNetWeights.DOWN_CHANNELS.get(step);
            var name = numbered("conv2d", CONVOLUTIONS * unet + step);
            shapes.put(name + "/kernel", List.of(5, 5, UNetWeights.downInputChannels(step), out));
            shapes.put(name + "/bias", List.of(out));
            if (step < CONVOLUTIONS - 2) {
                putNormalisation(shapes, NORMALISATIONS * unet + step, out);
            }
        }
        for (int step = 0; step < TRANSPOSED; step++) {
            int out = UNetWeights.UP_CHANNELS.get(step);
            var name = numbered("conv2d_transpose", TRANSPOSED * unet + step);
            shapes.put(name + "/kernel", List.of(5, 5, out, UNetWeights.upInputChannels(step)));
            shapes.put(name + "/bias", List.of(out));
            putNormalisation(shapes, NORMALISATIONS * unet + CONVOLUTIONS - 1 + step, out);
        }
        var head = numbered("conv2d", CONVOLUTIONS * unet + CONVOLUTIONS - 1);
        shapes.put(head + "/kernel", List.of(4, 4, 1, 2));
        shapes.put(head + "/bias", List.of(2));
        return shapes;
    }

    private static void putNormalisation(Map<String, List<Integer>> shapes, int number, int channels) {
        var name = numbered("batch_normalization", number);
        for (var part : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
            shapes.put(name + "/" + part, List.of(channels));
        }
    }

    private static List<Convolution> convolutions(Map<String, float[]> tensors, String kind, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> convolution(tensors, numbered(kind, number)))
                .toList();
    }

    private static Convolution convolution(Map<String, float[]> tensors, String name) {
        return new Convolution(tensors.get(name + "/kernel"), tensors.get(name + "/bias"));
    }

    private static List<Normalisation> normalisations(Map<String, float[]> tensors, int first, int count) {
        var normalisations = new ArrayList<Normalisation>();
        for (int number = first; number < first + count; number++) {
            var name = numbered("batch_normalization", number);
            normalisations.add(Normalisation.of(
                    tensors.get(name + "/gamma"),
                    tensors.get(name + "/beta"),
                    tensors.get(name + "/moving_mean"),
                    tensors.get(name + "/moving_variance")));
        }
        return normalisations;
    }

    private static String numbered(String kind, int number) {
        return number == 0 ? kind : kind + "_" + number;
    }
}
