package io.stemline.training.loss;

import io.stemline.training.graph.Spectrum;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** What a loss may look at. */
public record LossInputs(
        Operand<TFloat32> mixture,
        Operand<TFloat32> mask,
        Operand<TFloat32> estimate,
        Operand<TFloat32> target,
        Operand<TFloat32> projected,
        Spectrum targetSpectrum,
        Supplier<Operand<TFloat32>> estimatedWaveforms,
        Supplier<Operand<TFloat32>> targetWaveforms,
        Operand<TFloat32> lateShare) {}
