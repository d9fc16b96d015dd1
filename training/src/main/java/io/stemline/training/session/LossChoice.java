package io.stemline.training.session;

import io.stemline.training.loss.AbsoluteLoss;
import io.stemline.training.loss.ChangeOverLoss;
import io.stemline.training.loss.ComponentLoss;
import io.stemline.training.loss.DecibelLoss;
import io.stemline.training.loss.DeepClusteringLoss;
import io.stemline.training.loss.Domain;
import io.stemline.training.loss.KlLoss;
import io.stemline.training.loss.L1Loss;
import io.stemline.training.loss.L2Loss;
import io.stemline.training.loss.Loss;
import io.stemline.training.loss.MaskLoss;
import io.stemline.training.loss.MultiResolutionLoss;
import io.stemline.training.loss.RmseLoss;
import io.stemline.training.loss.SiSdrLoss;
import io.stemline.training.loss.SnrLoss;
import io.stemline.training.loss.SumLoss;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.SpectrumInput;
import java.util.List;
import java.util.function.Function;

/** Losses by the name that {@code --loss} takes, with the settings that each starts with. */
public enum LossChoice {
    ABSOLUTE_THEN_DECIBEL(domain -> new ChangeOverLoss(new AbsoluteLoss(), new DecibelLoss(), 300)),
    ABSOLUTE(domain -> new AbsoluteLoss()),
    DECIBEL(domain -> new DecibelLoss()),
    COMPONENT(domain -> ComponentLoss.ofThreeTerms()),
    COMPONENT_OF_TWO_TERMS(domain -> ComponentLoss.ofTwoTerms()),
    KL_DIV(domain ->
            new SumLoss(List.of(new SumLoss.Term(1, ComponentLoss.ofThreeTerms()), new SumLoss.Term(1, new KlLoss())))),
    SI_SDR(domain -> new SiSdrLoss()),
    SNR(domain -> SnrLoss.standard()),
    MASK(domain -> new MaskLoss(false)),
    L1(L1Loss::new),
    L2(L2Loss::new),
    RMSE(RmseLoss::new),
    MULTI_RESOLUTION(domain -> MultiResolutionLoss.standard()),
    DEEP_CLUSTERING(domain -> new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE));

    private final Function<Domain, Loss> made;

    LossChoice(Function<Domain, Loss> made) {
        this.made = made;
    }

    /** The loss for networks that see spectra. */
    Loss loss() {
        return made.apply(Domain.MAGNITUDE);
    }

    /** The loss for a network: where there is a choice, on magnitudes or on waveforms, whichever the network gives. */
    public Loss loss(NetworkConfiguration network) {
        return made.apply(network.input() instanceof SpectrumInput ? Domain.MAGNITUDE : Domain.WAVEFORM);
    }
}
