package io.stemline.training.session;

import io.stemline.audio.AudioFormat;
import io.stemline.training.datasets.DatasetSettings;
import io.stemline.training.datasets.StemChoice;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.NetworkInput;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a network wants of a data set. */
final class WantedStems {
    private static final List<String> WHOLE_BAND = List.of("vocals", "drums", "bass", "other");
    private static final String ACCOMPANIMENT = "accompaniment";

    private WantedStems() {}

    /**
     * Settings with the rate, the channels and the stems of a network. {@code accompaniment} is what no other stem names. If
     * the network's stems do not make up a mixture, what is missing is read as well, so that it can be in the mixture.
     */
    static DatasetSettings of(NetworkConfiguration network, DatasetSettings settings) {
        return of(network, settings, WHOLE_BAND);
    }

    /** As above, of tracks that are known to have these stems. */
    static DatasetSettings of(NetworkConfiguration network, DatasetSettings settings, Collection<String> known) {
        NetworkInput input = network.input();
        List<StemChoice> choices = new ArrayList<>();
        for (String stem : network.stems()) {
            choices.add(new StemChoice(stem, List.of(stem.equals(ACCOMPANIMENT) ? StemChoice.REST : stem)));
        }
        if (!network.stems().contains(ACCOMPANIMENT) && !network.stems().containsAll(known)) {
            choices.add(new StemChoice("rest", List.of(StemChoice.REST)));
        }
        return settings.withFormat(new AudioFormat(input.sampleRateHz(), input.channels()))
                .withStems(choices);
    }
}
