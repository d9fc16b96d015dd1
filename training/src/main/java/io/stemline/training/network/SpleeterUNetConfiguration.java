package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Spleeter's networks: for every stem a U-Net of its own (Hennequin et al., "Spleeter: a fast and efficient music source
 * separation tool with pre-trained models", 2020).
 *
 * @param filters channels of each convolution on the way down, each of which halves frames and bins; sizes that cannot be
 *     halved are padded inside the network
 * @param activation what follows the convolutions
 * @param dropout share of values left out in training behind the {@value #DROPPED} deepest convolutions on the way up
 * @param mask how masks are made; with softmax the U-Nets share the mixture
 */
public record SpleeterUNetConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1)
        List<String> stems,

        @Setting(
                doc = "channels of the convolutions on the way down",
                min = 1,
                leastElements = 1,
                mostElements = MOST_FILTERS,
                alsoCalled = "conv_n_filters")
        List<Integer> filters,

        @Setting(doc = "what follows the convolutions") SpleeterActivation activation,

        @Setting(doc = "share of values left out in training", min = 0, below = 1)
        double dropout,

        @Setting(doc = "how masks are made") MaskSettings mask)
        implements NetworkConfiguration {

    static final int DROPPED = 3;
    private static final int MOST_FILTERS = 10;

    public SpleeterUNetConfiguration {
        stems = NetworkConfiguration.requireStems(stems);
        mask.requireFor(stems);
        filters = List.copyOf(filters);
        if (filters.isEmpty() || filters.size() > MOST_FILTERS) {
            throw new IllegalArgumentException(
                    "filters has " + filters.size() + " elements: it must have 1 to " + MOST_FILTERS);
        }
        for (int i = 0; i < filters.size(); i++) {
            NetworkInput.requirePositive("filters[" + i + "]", filters.get(i));
        }
        SpectrogramNetLayers.requireShare("dropout", dropout);
    }

    /** Spleeter's values for so many stems: with five or more they share the mixture. */
    public static SpleeterUNetConfiguration defaults(SpectrumInput input, List<String> stems) {
        return new SpleeterUNetConfiguration(
                input,
                stems,
                List.of(16, 32, 64, 128, 256, 512),
                stems.size() <= 2 ? SpleeterActivation.LEAKY_RELU : SpleeterActivation.ELU,
                0.5,
                new MaskSettings(stems.size() < 5 ? MaskActivation.SIGMOID : MaskActivation.SOFTMAX, MaskKind.SOFT));
    }

    /** 11.9 seconds in stereo at 44.1 kHz, windows of 4096 samples every 1024, the 1024 bins below 11 kHz. */
    public static SpectrumInput defaultInput() {
        return new SpectrumInput(44100, 2, 4096, 1024, 4096, 1024, 512);
    }

    /** Filters of the convolutions on the way up, the deepest first; the last one gives a single channel. */
    List<Integer> filtersUp() {
        var up = new ArrayList<>(filters.reversed().subList(1, filters.size()));
        up.add(1);
        return List.copyOf(up);
    }

    @Override
    public long trainableWeights() {
        long unet = 0;
        int in = input.channels();
        for (int filter : filters) {
            unet += SpleeterUNet.convolutionWeights(in, filter);
            in = filter;
        }
        // The deepest convolution is not normalised.
        unet += 2L * (sum(filters) - filters.getLast());
        for (int filter : filtersUp()) {
            unet += SpleeterUNet.convolutionWeights(in, filter);
            in = 2 * filter;
        }
        unet += 2L * sum(filtersUp());
        unet += SpleeterUNet.headWeights(input.channels());
        return unet * stems.size() + mask.activation().trainableWeights();
    }

    private static long sum(List<Integer> filters) {
        return filters.stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public Architecture architecture() {
        return new SpleeterUNet(this);
    }
}
