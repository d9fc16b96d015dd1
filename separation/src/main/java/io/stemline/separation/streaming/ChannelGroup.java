package io.stemline.separation.streaming;

import java.util.ArrayList;
import java.util.List;

/**
 * Channels of a mixture that a network sees together.
 *
 * @param first the first channel's index
 * @param channels how many, 1 or 2
 */
record ChannelGroup(int first, int channels) {

    private static final int SURROUND_5_1 = 6;
    private static final int SURROUND_7_1 = 8;
    private static final int CENTRE = 2;
    private static final int LOW_FREQUENCY = 3;

    /**
     * How a mixture is divided. A network for one channel sees every channel alone. A network for two sees the front pair
     * together; of 5.1 and 7.1 (six and eight channels) it sees centre and low frequencies alone and the other pairs
     * together; otherwise it sees pair after pair, and an odd last channel alone. A channel alone is shown to it as both
     * channels.
     */
    static List<ChannelGroup> of(int mixtureChannels, int networkChannels) {
        boolean surround = mixtureChannels == SURROUND_5_1 || mixtureChannels == SURROUND_7_1;
        var groups = new ArrayList<ChannelGroup>();
        for (int channel = 0; channel < mixtureChannels; ) {
            boolean alone = networkChannels == 1
                    || channel == mixtureChannels - 1
                    || (surround && (channel == CENTRE || channel == LOW_FREQUENCY));
            var group = new ChannelGroup(channel, alone ? 1 : 2);
            groups.add(group);
            channel += group.channels();
        }
        return List.copyOf(groups);
    }
}
