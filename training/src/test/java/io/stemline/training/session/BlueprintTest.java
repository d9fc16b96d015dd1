package io.stemline.training.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.stemline.training.folder.Configurations;
import io.stemline.training.folder.SettingDescription;
import io.stemline.training.loss.Loss;
import io.stemline.training.loss.Quantity;
import io.stemline.training.network.NetworkConfiguration;
import io.stemline.training.network.WaveformInput;
import io.stemline.training.trainer.TrainingConfiguration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlueprintTest {
    private final Configurations<TrainingConfiguration> configurations = Configurations.of(TrainingConfiguration.class);

    @ParameterizedTest
    @EnumSource
    void settingsComeBackFromTheirText(Blueprint blueprint) {
        // When
        String json = configurations.toJson(blueprint.configuration());

        // Then
        assertThat(configurations.parse(json, "config.json")).isEqualTo(blueprint.configuration());
    }

    @ParameterizedTest
    @EnumSource
    void everySettingSaysWhatItIs(Blueprint blueprint) {
        assertThat(configurations.describe(blueprint.configuration()))
                .allSatisfy(setting ->
                        assertThat(setting.documentation()).as(setting.key()).isNotEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void everySettingHasAFlagOfItsOwn(Blueprint blueprint) {
        assertThat(configurations.describe(blueprint.configuration()))
                .extracting(SettingDescription::flag)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void theLossLooksAtWhatTheNetworkGives(Blueprint blueprint) {
        // Given
        TrainingConfiguration configuration = blueprint.configuration();

        // Then
        assertThat(given(configuration.network()))
                .containsAll(configuration.loss().needs());
    }

    @Test
    void aNetworkIsFoundHoweverItIsSpelled() {
        assertThat(Blueprint.find("spectrogram-net-lstm")).contains(Blueprint.SPECTROGRAM_NET_LSTM);
        assertThat(Blueprint.find("SPLEETER_UNET")).contains(Blueprint.SPLEETER_UNET);
        assertThat(Blueprint.find("SpectrogramNet")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLossOfWaveformsOrSpectraFitsTheNetworkThatItIsChosenFor(LossChoice choice) {
        // When
        Loss loss = choice.loss(Blueprint.CHIMERA.configuration().network());

        // Then
        Set<Quantity> given = given(Blueprint.CHIMERA.configuration().network());
        given.addAll(given(Blueprint.SPECTROGRAM_NET_VAE.configuration().network()));
        assertThat(given).containsAll(loss.needs());
    }

    private static Set<Quantity> given(NetworkConfiguration network) {
        Set<Quantity> given = EnumSet.of(Quantity.ESTIMATE_WAVEFORM, Quantity.TARGET_WAVEFORM, Quantity.LATER_SHARE);
        if (!(network.input() instanceof WaveformInput)) {
            given.addAll(Arrays.asList(
                    Quantity.MIXTURE,
                    Quantity.ESTIMATE,
                    Quantity.TARGET,
                    Quantity.PROJECTED_TARGET,
                    Quantity.MASK,
                    Quantity.ESTIMATE_RE,
                    Quantity.ESTIMATE_IM,
                    Quantity.TARGET_RE,
                    Quantity.TARGET_IM));
        }
        String name = network.getClass().getSimpleName();
        if (name.contains("Vae")) {
            given.addAll(Set.of(Quantity.LATENT_MEAN, Quantity.LATENT_LOG_SIGMA));
        }
        if (name.contains("Chimera") || name.contains("DeepClustering")) {
            given.add(Quantity.EMBEDDING);
        }
        return given;
    }
}
