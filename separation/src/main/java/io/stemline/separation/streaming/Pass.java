package io.stemline.separation.streaming;

import java.util.ArrayList;
import java.util.List;

/**
 * One way of a mixture through the network: of some of its channels, delayed by so many samples.
 *
 * @param channels what the network sees
 * @param shift which of the delays
 * @param delay samples of silence in front of the mixture, at the network's rate; taken off the stems again
 */
record Pass(ChannelGroup channels, int shift, int delay) {

    /** All groups of channels with all delays. */
    static List<Pass> of(List<ChannelGroup> groups, int[] delays) {
        var passes = new ArrayList<Pass>();
        for (int shift = 0; shift < delays.length; shift++) {
            for (var group : groups) {
                passes.add(new Pass(group, shift, delays[shift]));
            }
        }
        return List.copyOf(passes);
    }
}
