package io.stemline.training.session;

import io.stemline.training.batches.Augmentation;
import io.stemline.training.batches.Curriculum;
import io.stemline.training.learning.Optimiser;
import io.stemline.training.loss.ComponentLoss;
import io.stemline.training.loss.DeepClusteringLoss;
import io.stemline.training.loss.Domain;
import io.stemline.training.loss.KlLoss;
import io.stemline.training.loss.L1Loss;
import io.stemline.training.loss.Loss;
import io.stemline.training.loss.SumLoss;
import io.stemline.training.network.AudioNetLstmConfiguration;
import io.stemline.training.network.AudioNetSimpleConfiguration;
import io.stemline.training.network.AudioNetVaeConfiguration;
import io.stemline.training.network.ChimeraConfiguration;
import io.stemline.training.network.DeepClusteringConfiguration;
import io.stemline.training.network.HybridNetConfiguration;
import io.stemline.training.network.MaskInferenceConfiguration;
import io.stemline.training.network.Masking;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.SpectrogramNetLstmConfiguration;
import io.stemline.training.network.SpectrogramNetSimpleConfiguration;
import io.stemline.training.network.SpectrogramNetVaeConfiguration;
import io.stemline.training.network.SpectrumInput;
import io.stemline.training.network.SpleeterUNetConfiguration;
import io.stemline.training.network.UNetConfiguration;
import io.stemline.training.network.WaveformInput;
import io.stemline.training.trainer.Schedule;
import io.stemline.training.trainer.TrainingConfiguration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The networks that there are, each with the settings that a new model folder starts with. */
public enum Blueprint {
    /** The bundled model's network: masks of four stems on magnitude spectrograms. */
    UNET(
            "UNet",
            () -> new UNetConfiguration(
                    Inputs.WIDE_SPECTRUM, Inputs.STEMS, List.of(12, 24, 48, 80, 112, 160), 5, 0.3, 64, Masking.SOFTMAX),
            LossChoice.ABSOLUTE_THEN_DECIBEL::loss,
            4),
    /** Auralflow's convolutional network on spectrograms. */
    SPECTROGRAM_NET_SIMPLE(
            "SpectrogramNetSimple",
            () -> SpectrogramNetSimpleConfiguration.defaults(Inputs.SPECTRUM, Inputs.STEMS),
            ComponentLoss::ofThreeTerms,
            8),
    /** The same with recurrent layers. */
    SPECTROGRAM_NET_LSTM(
            "SpectrogramNetLSTM",
            () -> SpectrogramNetLstmConfiguration.defaults(Inputs.SPECTRUM, Inputs.STEMS),
            ComponentLoss::ofThreeTerms,
            8),
    /** The same with a variational layer in front of the recurrent ones. */
    SPECTROGRAM_NET_VAE(
            "SpectrogramNetVAE",
            () -> SpectrogramNetVaeConfiguration.defaults(Inputs.SPECTRUM, Inputs.STEMS),
            () -> withKl(ComponentLoss.ofThreeTerms()),
            8),
    /** One-dimensional convolutions from samples to samples. */
    AUDIO_NET_SIMPLE(
            "AudioNetSimple",
            () -> AudioNetSimpleConfiguration.defaults(Inputs.WAVEFORM, Inputs.STEMS),
            () -> new L1Loss(Domain.WAVEFORM),
            4),
    /** The same with recurrent layers. */
    AUDIO_NET_LSTM(
            "AudioNetLSTM",
            () -> AudioNetLstmConfiguration.defaults(Inputs.WAVEFORM, Inputs.STEMS),
            () -> new L1Loss(Domain.WAVEFORM),
            4),
    /** The same with a variational layer in front of the recurrent ones. */
    AUDIO_NET_VAE(
            "AudioNetVAE",
            () -> AudioNetVaeConfiguration.defaults(Inputs.WAVEFORM, Inputs.STEMS),
            () -> withKl(new L1Loss(Domain.WAVEFORM)),
            4),
    /** Spectra and samples in one network. */
    HYBRID_NET(
            "HybridNet",
            () -> HybridNetConfiguration.defaults(Inputs.WAVEFORM, Inputs.STEMS),
            () -> new L1Loss(Domain.WAVEFORM),
            4),
    /** Recurrent layers that make masks. */
    MASK_INFERENCE(
            "MaskInference",
            () -> MaskInferenceConfiguration.defaults(Inputs.SPECTRUM, Inputs.STEMS),
            () -> new L1Loss(Domain.PROJECTED),
            8),
    /** Recurrent layers that make embeddings, which are clustered. */
    DEEP_CLUSTERING(
            "DeepClustering",
            () -> DeepClusteringConfiguration.defaults(Inputs.SPECTRUM, Inputs.STEMS),
            () -> new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE),
            8),
    /** Recurrent layers that make masks and embeddings. */
    CHIMERA(
            "Chimera",
            () -> ChimeraConfiguration.defaults(Inputs.SPECTRUM, Inputs.STEMS),
            () -> new SumLoss(List.of(
                    new SumLoss.Term(0.5, new DeepClusteringLoss(DeepClusteringLoss.Weighting.MAGNITUDE)),
                    new SumLoss.Term(0.5, new L1Loss(Domain.PROJECTED)))),
            8),
    /** Spleeter's networks. */
    SPLEETER_UNET(
            "SpleeterUNet",
            () -> SpleeterUNetConfiguration.defaults(Inputs.SPLEETER_SPECTRUM, Inputs.STEMS),
            () -> new L1Loss(Domain.PROJECTED),
            1);

    /** What networks see, and what comes out. */
    private static final class Inputs {
        static final List<String> STEMS = List.of("vocals", "drums", "bass", "other");
        static final SpectrumInput WIDE_SPECTRUM = new SpectrumInput(44_100, 2, 4096, 1024, 4096, 768, 128);
        static final SpectrumInput SPECTRUM = new SpectrumInput(44_100, 1, 1024, 512, 1024, 513, 258);
        static final SpectrumInput SPLEETER_SPECTRUM = new SpectrumInput(44_100, 2, 4096, 1024, 4096, 1024, 512);
        static final WaveformInput WAVEFORM = new WaveformInput(44_100, 2, 65_536);

        private Inputs() {}
    }

    private static final double KL_WEIGHT = 0.01;

    private final String spelling;
    private final Supplier<NetworkConfiguration> network;
    private final Supplier<Loss> loss;
    private final int batchSize;

    Blueprint(String spelling, Supplier<NetworkConfiguration> network, Supplier<Loss> loss, int batchSize) {
        this.spelling = spelling;
        this.network = network;
        this.loss = loss;
        this.batchSize = batchSize;
    }

    private static Loss withKl(Loss loss) {
        return new SumLoss(List.of(new SumLoss.Term(1, loss), new SumLoss.Term(KL_WEIGHT, new KlLoss())));
    }

    /** The name as configurations have it. */
    public String spelling() {
        return spelling;
    }

    /** The settings that a new model starts with. */
    public TrainingConfiguration configuration() {
        return new TrainingConfiguration(
                network.get(),
                loss.get(),
                Optimiser.adam(),
                new Schedule.Cosine(2e-3, 100, 0.01),
                Curriculum.standard(),
                Augmentation.standard(),
                batchSize,
                1,
                40_000,
                1,
                0.998,
                16,
                250,
                0,
                0,
                1);
    }

    /** The network of a name, however it is spelled: {@code SpectrogramNetSimple}, {@code spectrogram-net-simple}. */
    public static Optional<Blueprint> find(String name) {
        return Arrays.stream(values())
                .filter(blueprint -> plain(blueprint.spelling).equals(plain(name)))
                .findFirst();
    }

    /** All names, with commas between. */
    public static String names() {
        return Arrays.stream(values()).map(Blueprint::spelling).collect(Collectors.joining(", "));
    }

    private static String plain(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
