package io.stemline.training.loss;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Where an estimate is compared with its target. */
public enum Domain {
    /** Magnitudes of spectra. */
    @JsonProperty("magnitude")
    MAGNITUDE(Quantity.ESTIMATE, Quantity.TARGET),
    /** Magnitudes of the estimate with the target projected on the mixture's phase. */
    @JsonProperty("projected")
    PROJECTED(Quantity.ESTIMATE, Quantity.PROJECTED_TARGET),
    /** Real and imaginary parts of spectra. */
    @JsonProperty("spectrum")
    SPECTRUM(Quantity.ESTIMATE_RE, Quantity.TARGET_RE, Quantity.ESTIMATE_IM, Quantity.TARGET_IM),
    /** Samples. */
    @JsonProperty("waveform")
    WAVEFORM(Quantity.ESTIMATE_WAVEFORM, Quantity.TARGET_WAVEFORM);

    private final List<Quantity> pairs;

    Domain(Quantity... pairs) {
        this.pairs = List.of(pairs);
    }

    Set<Quantity> needs() {
        return Set.copyOf(pairs);
    }

    /** Estimate minus target; real parts, then imaginary parts, side by side in the last axis where there are both. */
    Operand<TFloat32> difference(Ops tf, LossInputs inputs) {
        Operand<TFloat32> first = tf.math.sub(inputs.get(pairs.get(0)), inputs.get(pairs.get(1)));
        if (pairs.size() == 2) {
            return first;
        }
        Operand<TFloat32> second = tf.math.sub(inputs.get(pairs.get(2)), inputs.get(pairs.get(3)));
        return tf.concat(List.of(first, second), tf.constant(-1));
    }
}
