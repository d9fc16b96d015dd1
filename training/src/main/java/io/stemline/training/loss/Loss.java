package io.stemline.training.loss;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How far estimates are from the truth: a scalar, the smaller the better.
 *
 * <p>Every loss and its gradients are finite also where mixtures, targets and estimates are silent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "loss")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AbsoluteLoss.class, name = "absolute"),
    @JsonSubTypes.Type(value = DecibelLoss.class, name = "decibel"),
    @JsonSubTypes.Type(value = L1Loss.class, name = "l1"),
    @JsonSubTypes.Type(value = L2Loss.class, name = "l2"),
    @JsonSubTypes.Type(value = RmseLoss.class, name = "rmse"),
    @JsonSubTypes.Type(value = MaskLoss.class, name = "mask"),
    @JsonSubTypes.Type(value = ComponentLoss.class, name = "component"),
    @JsonSubTypes.Type(value = KlLoss.class, name = "kl"),
    @JsonSubTypes.Type(value = SiSdrLoss.class, name = "si-sdr"),
    @JsonSubTypes.Type(value = SnrLoss.class, name = "snr"),
    @JsonSubTypes.Type(value = MultiResolutionLoss.class, name = "multi-resolution"),
    @JsonSubTypes.Type(value = DeepClusteringLoss.class, name = "deep-clustering"),
    @JsonSubTypes.Type(value = SumLoss.class, name = "sum"),
    @JsonSubTypes.Type(value = ChangeOverLoss.class, name = "change-over")
})
public sealed interface Loss
        permits AbsoluteLoss,
                DecibelLoss,
                L1Loss,
                L2Loss,
                RmseLoss,
                MaskLoss,
                ComponentLoss,
                KlLoss,
                SiSdrLoss,
                SnrLoss,
                MultiResolutionLoss,
                DeepClusteringLoss,
                SumLoss,
                ChangeOverLoss {

    /** What the network has to give. */
    Set<Quantity> needs();

    /**
     * Adds the loss to the graph.
     *
     * @return a scalar
     * @throws IllegalArgumentException if the inputs lack one of {@link #needs()}
     */
    Operand<TFloat32> of(Ops tf, LossInputs inputs);

    /** What {@link Quantity#LATER_SHARE} is at a step of the training: 0 until the loss changes over, then 1. */
    default double laterShare(long step) {
        return 0;
    }
}
