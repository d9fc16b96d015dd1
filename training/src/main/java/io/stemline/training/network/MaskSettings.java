package io.stemline.training.network;

import io.stemline.training.folder.Setting;
import io.stemline.training.graph.Layers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * How a network makes masks.
 *
 * @param activation what makes masks of the last layer's values
 * @param kind whether a cell may be shared
 */
public record MaskSettings(
        @Setting(doc = "what makes masks of the last layer's values", alsoCalled = "mask_activation")
        MaskActivation activation,

        @Setting(doc = "whether a cell may be shared by stems", alsoCalled = "mask_kind")
        MaskKind kind) {

    /** Soft masks, every stem for itself. */
    public static MaskSettings defaults() {
        return new MaskSettings(MaskActivation.SIGMOID, MaskKind.SOFT);
    }

    /** Refuses to share a mixture among a single stem. */
    void requireFor(List<String> stems) {
        if (activation == MaskActivation.SOFTMAX && stems.size() < 2) {
            throw new IllegalArgumentException("mask.activation is softmax: with a single stem (stems is " + stems
                    + ") its mask would be 1 everywhere; use sigmoid");
        }
    }

    /** Masks from the last layer's values, {@code [batch][frame][bin][stem * channels + channel]}. */
    Operand<TFloat32> masks(Layers layers, Operand<TFloat32> x, int stems, int channels) {
        Operand<TFloat32> soft = activation.of(layers, x, stems, channels);
        if (kind == MaskKind.SOFT || layers.mode() == Layers.Mode.TRAINING) {
            return soft;
        }
        var tf = layers.tf();
        return tf.dtypes.cast(tf.math.greaterEqual(soft, tf.constant(0.5f)), TFloat32.class);
    }
}
