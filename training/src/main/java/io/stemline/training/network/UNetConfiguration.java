package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import java.util.List;

/**
 * A U-Net on magnitude spectrograms: strided convolutions down, transposed ones up, with skips between stages of the same
 * size (Jansson et al., "Singing voice separation with deep U-Net convolutional networks", 2017).
 *
 * @param input whose frames and bins are multiples of two to the power of the number of stages
 * @param stageChannels channels of each stage on the way down; every stage halves frames and bins
 * @param kernel width and height of every convolution
 * @param compression power to which magnitudes are raised in front of the first convolution
 * @param acrossBins hidden width of the dense layers over all bins behind every stage but the deepest; 0 for none
 * @param masking how masks are made of the last layer
 */
public record UNetConfiguration(
        @Setting(doc = "what the network sees of a mixture") SpectrumInput input,

        @Setting(doc = "the stems that come out, in order", leastElements = 1, alsoCalled = "targets")
        List<String> stems,

        @Setting(
                doc = "channels of the stages on the way down, each of which halves frames and bins",
                min = 1,
                leastElements = 1)
        List<Integer> stageChannels,

        @Setting(doc = "width and height of every convolution", min = 1)
        int kernel,

        @Setting(doc = "power to which magnitudes are raised in front of the first convolution", above = 0, max = 1)
        double compression,

        @Setting(doc = "hidden width of the dense layers over all bins behind every stage; 0 for none", min = 0)
        int acrossBins,

        @Setting(doc = "how masks are made of the last layer")
        Masking masking)
        implements NetworkConfiguration {

    public UNetConfiguration {
        stems = List.copyOf(stems);
        stageChannels = List.copyOf(stageChannels);
        int reduction = 1 << stageChannels.size();
        if (input.frames() % reduction != 0 || input.bins() % reduction != 0) {
            throw new IllegalArgumentException("stageChannels has " + stageChannels.size()
                    + " stages that halve frames and bins: " + input.frames() + " frames and " + input.bins()
                    + " bins must be multiples of " + reduction);
        }
    }

    @Override
    public long trainableWeights() {
        long area = (long) kernel * kernel;
        int stages = stageChannels.size();
        long weights = 0;
        int below = input.channels() + 1;
        for (int width : stageChannels) {
            weights += area * below * width + 2L * width;
            below = width;
        }
        for (int stage = stages - 1; stage > 0; stage--) {
            int in = stage == stages - 1 ? stageChannels.get(stage) : 2 * stageChannels.get(stage);
            weights += area * in * stageChannels.get(stage - 1) + 2L * stageChannels.get(stage - 1);
        }
        if (acrossBins > 0) {
            for (int stage = 1; stage < stages; stage++) {
                weights += 2 * (2L * (input.bins() >> stage) * acrossBins + acrossBins);
            }
        }
        int outputs = stems.size() * input.channels();
        int in = stages == 1 ? stageChannels.getFirst() : 2 * stageChannels.getFirst();
        return weights + area * in * outputs + (long) input.bins() * outputs;
    }

    @Override
    public Architecture architecture() {
        return new UNet(this);
    }
}
