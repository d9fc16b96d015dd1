package io.stemline.separation.blind;

import io.stemline.separation.model.ModelCard;
import io.stemline.separation.model.ModelCardBuilder;
import io.stemline.separation.model.Origin;
import io.stemline.separation.model.OutputKind;
import io.stemline.separation.model.StftLayout;
import io.stemline.separation.streaming.StemEstimator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The methods without weights, which can be used like models: {@code hpss}, {@code repet}, {@code repet-sim}, {@code 2dft} and
 * {@code mid-side}. Parameters are nussl's defaults. All work at 44.1 kHz, to which mixtures of other rates are converted.
 *
 * <p>What repeats is looked for within thirty seconds, whose masks fade into those of the next thirty over six: that is the
 * extended form of REPET for tracks whose accompaniment changes (Liutkus and others, "Adaptive filtering for music/voice
 * separation exploiting the repeating musical structure", 2012). A track of up to thirty seconds is seen as a whole.
 */
public final class BlindMethods {

    private static final int RATE_HZ = 44_100;

    /** The transform of the authors of REPET: 40 ms, half overlapped. */
    private static final StftLayout REPETITION = new StftLayout(2048, 1024, "hamming", 2048, 1025);

    private static final int REPETITION_FRAMES = 1296;
    private static final double REPETITION_FRAMES_A_SECOND = (double) RATE_HZ / REPETITION.hopLength();
    private static final StftLayout HARMONIC = new StftLayout(2048, 512, "hann", 2048, 1025);
    private static final StftLayout CENTRE = new StftLayout(4096, 1024, "hann", 4096, 2049);

    private record Method(ModelCard card, Supplier<SegmentMask> mask) {}

    private static final List<Method> METHODS = List.of(
            new Method(
                    repetition("2dft", "2DFT")
                            .description(
                                    "What does not repeat in time, by peaks of the two-dimensional Fourier transform"
                                            + " of the spectrogram (Seetharaman and others, 2017).")
                            .build(),
                    () -> new TwoDimensionalFourier(REPETITION_FRAMES, REPETITION.bins(), lowestBin(REPETITION))),
            new Method(
                    card("hpss", "Harmonic/percussive separation", HARMONIC)
                            .stems("harmonic", "percussive")
                            .description(
                                    "What is smooth along time and what is smooth along frequency, by median filters"
                                            + " (Fitzgerald, 2010).")
                            .segment(512, 64)
                            .remainder("percussive")
                            .build(),
                    () -> new HarmonicPercussive(HARMONIC.bins())),
            new Method(
                    voice("mid-side", "Centre extraction", CENTRE)
                            .description("What is the same in both channels (Avendano and Jot, 2004).")
                            .segment(256, 0)
                            .build(),
                    () -> new CentreExtraction(lowestBin(CENTRE))),
            new Method(
                    repetition("repet", "REPET")
                            .description(
                                    "What does not repeat with the period of the beat spectrum (Rafii and Pardo, 2013).")
                            .build(),
                    () -> new Repet(
                            REPETITION_FRAMES, REPETITION.bins(), REPETITION_FRAMES_A_SECOND, lowestBin(REPETITION))),
            new Method(
                    repetition("repet-sim", "REPET-SIM")
                            .description("What is not like the most similar other frames (Rafii and Pardo, 2012).")
                            .build(),
                    () -> new RepetSim(
                            REPETITION_FRAMES, REPETITION.bins(), REPETITION_FRAMES_A_SECOND, lowestBin(REPETITION))));

    private BlindMethods() {}

    /** The cards of all methods, sorted by id. */
    public static List<ModelCard> cards() {
        return METHODS.stream().map(Method::card).toList();
    }

    /** All methods, sorted by id, each new and ready to be used. */
    public static List<StemEstimator> all() {
        return METHODS.stream().map(BlindMethods::estimator).toList();
    }

    /** A method by its id, new and ready to be used; empty if it is none of them. */
    public static Optional<StemEstimator> find(String id) {
        return METHODS.stream()
                .filter(method -> method.card().id().equals(id))
                .findFirst()
                .map(BlindMethods::estimator);
    }

    private static StemEstimator estimator(Method method) {
        return new BlindEstimator(method.card(), method.mask());
    }

    private static ModelCardBuilder repetition(String id, String name) {
        return voice(id, name, REPETITION).segment(REPETITION_FRAMES, 256);
    }

    private static ModelCardBuilder voice(String id, String name, StftLayout stft) {
        return card(id, name, stft).stems("vocals", "accompaniment").remainder("accompaniment");
    }

    private static ModelCardBuilder card(String id, String name, StftLayout stft) {
        return ModelCard.builder(id)
                .name(name)
                .sampleRateHz(RATE_HZ)
                .channels(2)
                .spectrogram(stft, OutputKind.MASK, "mixture", "masks")
                .origin(Origin.builtIn());
    }

    private static int lowestBin(StftLayout stft) {
        return (int) Math.ceil(Repetition.LOWEST_VOICE_HZ * stft.fftLength() / RATE_HZ);
    }
}
