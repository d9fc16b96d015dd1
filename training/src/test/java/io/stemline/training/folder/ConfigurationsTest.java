package io.stemline.training.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationsTest {

    enum MaskActivation {
        SIGMOID,
        RELU,
        HARD_TANH
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "architecture")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Convolutions.class, name = "u-net"),
        @JsonSubTypes.Type(value = Waves.class, name = "wave-net")
    })
    sealed interface Network permits Convolutions, Waves {}

    record Convolutions(
            @Setting(doc = "frames the network sees", min = 1)
            int frames,

            @Setting(doc = "channels of the stages", min = 1, max = 4096, leastElements = 1, mostElements = 8)
            List<Integer> stageChannels,

            @Setting(doc = "share left out", min = 0, below = 1, alsoCalled = "dropout_p")
            double dropout,

            @Setting(doc = "what makes masks of numbers") MaskActivation maskActivation)
            implements Network {
        Convolutions {
            if (frames % (1 << stageChannels.size()) != 0) {
                throw new IllegalArgumentException(
                        stageChannels.size() + " stages halve the frames that often, and " + frames + " cannot be");
            }
        }
    }

    record Waves(int layers) implements Network {}

    record Rate(
            @Setting(doc = "the largest", above = 0, max = 1)
            double largest,

            long warmUpSteps) {}

    record Settings(
            Network network,
            Rate rate,

            @Setting(doc = "length of a chunk", unit = "s", min = 0.5, max = 60)
            float seconds,

            boolean normalise,
            String name,
            @Setting(doc = "of everything random") Optional<Long> seed,
            List<String> stems) {}

    private static final Settings DEFAULTS = new Settings(
            new Convolutions(64, List.of(16, 32, 64), 0.4, MaskActivation.SIGMOID),
            new Rate(0.002, 30),
            3.1f,
            true,
            "a \"name\"",
            Optional.empty(),
            List.of("vocals", "drums"));

    private static final String JSON = """
            {
              "network" : {
                "architecture" : "u-net",
                "frames" : 64,
                "stageChannels" : [ 16, 32, 64 ],
                "dropout" : 0.4,
                "maskActivation" : "sigmoid"
              },
              "rate" : {
                "largest" : 0.002,
                "warmUpSteps" : 30
              },
              "seconds" : 3.1,
              "normalise" : true,
              "name" : "a \\"name\\"",
              "stems" : [ "vocals", "drums" ]
            }
            """;

    private final Configurations<Settings> configurations = Configurations.of(Settings.class);

    @Test
    void whatIsWrittenIsReadBack(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("my_model/config.json");

        // When
        configurations.write(file, DEFAULTS);

        // Then
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo(JSON);
        assertThat(configurations.read(file)).isEqualTo(DEFAULTS);
    }

    @Test
    void anOptionalSettingMayBeThereOrNullOrMissing() {
        // Given
        String with = JSON.replace("\"normalise\"", "\"seed\" : 7, \"normalise\"");
        String none = JSON.replace("\"normalise\"", "\"seed\" : null, \"normalise\"");

        // When / Then
        assertThat(configurations.parse(with, "it").seed()).contains(7L);
        assertThat(configurations.parse(none, "it").seed()).isEmpty();
        assertThat(configurations
                        .parse(configurations.toJson(configurations.parse(with, "it")), "it")
                        .seed())
                .contains(7L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "dropout"              | "droput"              | config.json: line 6: unknown key 'network.droput'; did you mean 'dropout'?
            "maskActivation"       | "mask_activation"     | config.json: line 7: unknown key 'network.mask_activation'; did you mean 'maskActivation'?
            "largest"              | "momentum"            | config.json: line 10: unknown key 'rate.momentum'; known here: largest, warmUpSteps
            "frames" : 64,         | ``                    | config.json: line 2: the key 'network.frames' is missing (frames the network sees)
            "architecture" : "u-net", | ``                 | config.json: line 2: the key 'network.architecture' is missing; it is one of u-net, wave-net
            "u-net"                | "unet2"               | config.json: line 3: 'network.architecture' must be one of u-net, wave-net, and is 'unet2'; did you mean 'u-net'?
            16, 32, 64             | 16, 32, 0             | config.json: line 5: 'network.stageChannels[2]' must be between 1 and 4096, and is 0
            16, 32, 64             | 16, "x"               | config.json: line 5: 'network.stageChannels[1]' must be a whole number, and is 'x'
            [ 16, 32, 64 ]         | 16                    | config.json: line 5: 'network.stageChannels' must be a list of whole numbers, and is 16
            [ 16, 32, 64 ]         | []                    | config.json: line 5: 'network.stageChannels' must have between 1 and 8 elements, and has 0
            64,                    | 63,                   | config.json: line 2: 'network' does not fit: 3 stages halve the frames that often, and 63 cannot be
            64,                    | 64.5,                 | config.json: line 4: 'network.frames' must be a whole number, and is 64.5
            64,                    | null,                 | config.json: line 4: 'network.frames' must be a whole number, and is null
            64,                    | 3000000000,           | config.json: line 4: 'network.frames' must be at least 1, and is 3000000000
            64,                    | 1e999999999,          | config.json: line 4: 'network.frames' must be at least 1, and is 1E+999999999
            : 30                   | : 99999999999999999999 | config.json: line 11: 'rate.warmUpSteps' must be between -9223372036854775808 and 9223372036854775807, and is 99999999999999999999
            0.4                    | 1                     | config.json: line 6: 'network.dropout' must be at least 0 and below 1, and is 1
            0.4                    | "0.4"                 | config.json: line 6: 'network.dropout' must be a number, and is '0.4'
            0.002                  | 0                     | config.json: line 10: 'rate.largest' must be above 0 and at most 1, and is 0
            0.002                  | 1e400                 | config.json: line 10: 'rate.largest' must be above 0 and at most 1, and is 1E+400
            3.1                    | 0.25                  | config.json: line 13: 'seconds' must be between 0.5 and 60 s, and is 0.25
            "sigmoid"              | "sigmiod"             | config.json: line 7: 'network.maskActivation' must be one of sigmoid, relu, hard-tanh, and is 'sigmiod'; did you mean 'sigmoid'?
            "sigmoid"              | 3                     | config.json: line 7: 'network.maskActivation' must be one of sigmoid, relu, hard-tanh, and is 3
            true                   | "true"                | config.json: line 14: 'normalise' must be true or false, and is 'true'
            "drums"                | 1                     | config.json: line 16: 'stems[1]' must be text, and is 1
            "rate" : {             | "rate" : 1, "x" : {   | config.json: line 9: unknown key 'x'; known here: network, rate, seconds, normalise, name, seed, stems
            """)
    void aFileThatDoesNotFitIsRefusedWithLineAndKey(String good, String bad, String sentence) {
        // Given
        String json = JSON.replace(good, bad);

        // When / Then
        assertThatThrownBy(() -> configurations.parse(json, "config.json"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                          | config.json: is empty
            []                          | config.json: line 1: all of it must be a group of settings, and is a list
            {"name" : 1, "name" : 2}    | config.json: line 1: not valid JSON (Duplicate field 'name')
            {"name" : }                 | config.json: line 1: not valid JSON (Unexpected character ('}' (code 125)): expected a value)
            {} {}                       | config.json: line 1: something follows the configuration
            """)
    void whatIsNoConfigurationAtAllIsRefused(String json, String sentence) {
        // When / Then
        assertThatThrownBy(() -> configurations.parse(json, "config.json"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(sentence);
    }

    @Test
    void filesThatCannotBeReadAreNamed(@TempDir Path folder) throws Exception {
        // Given
        Path binary = Files.write(folder.resolve("config.json"), new byte[] {'{', (byte) 0xff, '}'});
        Path missing = folder.resolve("missing.json");

        // When / Then
        assertThatThrownBy(() -> configurations.read(binary))
                .hasMessage(binary + ": cannot be read (it is not UTF-8 text)");
        assertThatThrownBy(() -> configurations.read(missing)).hasMessage(missing + ": there is no such file");
    }

    @ParameterizedTest
    @CsvSource({
        "--mask-activation",
        "--mask_activation",
        "maskActivation",
        "mask-activation",
        "network.maskActivation",
        "--network.mask-activation",
        "--network-mask-activation"
    })
    void aSettingIsFoundInAnySpelling(String flag) {
        // When
        Settings changed = configurations.with(DEFAULTS, flag, "hardTanh");

        // Then
        assertThat(changed.network())
                .isEqualTo(new Convolutions(64, List.of(16, 32, 64), 0.4, MaskActivation.HARD_TANH));
    }

    @Test
    void everyKindOfSettingCanBeGivenByAFlag() {
        // Given
        SequencedMap<String, String> flags = new LinkedHashMap<>();
        flags.put("--dropout_p", "0.25");
        flags.put("--stage-channels[1]", "48");
        flags.put("--seconds", "6");
        flags.put("--normalise", "no");
        flags.put("--name", "none");
        flags.put("--seed", "12");
        flags.put("--stems", "vocals, other");
        flags.put("--largest", "1e-3");
        flags.put("--architecture", "u-net");

        // When
        Settings changed = configurations.with(DEFAULTS, flags);

        // Then
        assertThat(changed)
                .isEqualTo(new Settings(
                        new Convolutions(64, List.of(16, 48, 64), 0.25, MaskActivation.SIGMOID),
                        new Rate(0.001, 30),
                        6,
                        false,
                        "none",
                        Optional.of(12L),
                        List.of("vocals", "other")));
        assertThat(configurations.with(changed, "seed", "none").seed()).isEmpty();
    }

    @Test
    void settingsThatFitOnlyEachOtherAreSetTogether() {
        // Given
        SequencedMap<String, String> flags = new LinkedHashMap<>();
        flags.put("--frames", "18");
        flags.put("--stage-channels", "8");

        // When
        Settings changed = configurations.with(DEFAULTS, flags);

        // Then
        assertThat(changed.network()).isEqualTo(new Convolutions(18, List.of(8), 0.4, MaskActivation.SIGMOID));
        assertThatThrownBy(() -> configurations.with(DEFAULTS, "--frames", "18"))
                .hasMessage("'network' does not fit: 3 stages halve the frames that often, and 18 cannot be");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --drop-out-rate | 0.1 | --drop-out-rate: there is no such setting; did you mean --dropout?
            --colour        | red | --colour: there is no such setting; `--display` shows all settings
            --dropout       | 1.5 | --dropout: 'network.dropout' must be at least 0 and below 1, and is 1.5
            --dropout       | lot | --dropout: 'network.dropout' must be a number, and is 'lot'
            --dropout       | NaN | --dropout: 'network.dropout' must be a number, and is 'NaN'
            --dropout[0]    | 0.1 | --dropout[0]: 'network.dropout' is no list
            --stage-channels[3] | 8 | --stage-channels[3]: 'network.stageChannels' has 3 elements, counted from 0
            --stage-channels | 8,x,8 | --stage-channels: 'network.stageChannels[1]' must be a whole number, and is 'x'
            --mask-activation | rleu | --mask-activation: 'network.maskActivation' must be one of sigmoid, relu, hard-tanh, and is 'rleu'; did you mean 'relu'?
            --normalise     | maybe | --normalise: 'normalise' must be true or false, and is 'maybe'
            --architecture  | wave-net | --architecture: 'network.architecture' is u-net and cannot be changed, because it decides which settings there are; make a new model
            """)
    void aFlagThatDoesNotFitIsRefusedByItsName(String flag, String value, String sentence) {
        // When / Then
        assertThatThrownBy(() -> configurations.with(DEFAULTS, flag, value))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(sentence);
    }

    record Part(@Setting(doc = "share left out") double dropout) {}

    record Twice(Part encoder, Part decoder) {}

    @Test
    void aNameThatTwoSettingsShareMustBeGivenWhole() {
        // Given
        var twice = new Twice(new Part(0.1), new Part(0.2));
        var ofTwice = Configurations.of(Twice.class);

        // When / Then
        assertThatThrownBy(() -> ofTwice.with(twice, "--dropout", "0.5"))
                .hasMessage("--dropout: could be --encoder-dropout or --decoder-dropout; give the whole name");
        assertThat(ofTwice.with(twice, "--decoder-dropout", "0.5")).isEqualTo(new Twice(new Part(0.1), new Part(0.5)));
        assertThat(ofTwice.describe(twice))
                .extracting(SettingDescription::flag)
                .containsExactly("--encoder-dropout", "--decoder-dropout");
    }

    @Test
    void allSettingsAreDescribed() {
        // When
        List<SettingDescription> described = configurations.describe(DEFAULTS);

        // Then
        assertThat(described)
                .extracting(
                        SettingDescription::key,
                        SettingDescription::flag,
                        SettingDescription::type,
                        SettingDescription::value,
                        SettingDescription::limits,
                        SettingDescription::documentation)
                .containsExactly(
                        tuple(
                                "network.architecture",
                                "--architecture",
                                "text, fixed",
                                "u-net",
                                "",
                                "the kind, which decides the other settings"),
                        tuple(
                                "network.frames",
                                "--frames",
                                "whole number",
                                "64",
                                "at least 1",
                                "frames the network sees"),
                        tuple(
                                "network.stageChannels",
                                "--stage-channels",
                                "list of whole numbers",
                                "16,32,64",
                                "between 1 and 4096",
                                "channels of the stages"),
                        tuple(
                                "network.dropout",
                                "--dropout",
                                "number",
                                "0.4",
                                "at least 0 and below 1",
                                "share left out"),
                        tuple(
                                "network.maskActivation",
                                "--mask-activation",
                                "one of sigmoid, relu, hard-tanh",
                                "sigmoid",
                                "",
                                "what makes masks of numbers"),
                        tuple("rate.largest", "--largest", "number", "0.002", "above 0 and at most 1", "the largest"),
                        tuple("rate.warmUpSteps", "--warm-up-steps", "whole number", "30", "", ""),
                        tuple("seconds", "--seconds", "number", "3.1", "between 0.5 and 60", "length of a chunk"),
                        tuple("normalise", "--normalise", "true or false", "true", "", ""),
                        tuple("name", "--name", "text", "a \"name\"", "", ""),
                        tuple("seed", "--seed", "whole number, or none", "none", "", "of everything random"),
                        tuple("stems", "--stems", "list of texts", "vocals,drums", "", ""));
    }

    @Test
    void theDifferencesOfTwoConfigurationsAreNamed() {
        // Given
        Settings other = configurations.with(configurations.with(DEFAULTS, "dropout", "0.3"), "seed", "5");

        // When / Then
        assertThat(configurations.differences(DEFAULTS, other))
                .containsExactly("network.dropout is 0.3 and not 0.4", "seed is 5 and not none");
        assertThat(configurations.differences(DEFAULTS, DEFAULTS)).isEmpty();
    }

    record Unsupported(java.awt.Point place) {}

    @Test
    void aTypeThatNoSettingHasIsRefusedBeforeAnythingIsRead() {
        // When / Then
        assertThatThrownBy(() -> Configurations.of(Unsupported.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A setting cannot be of class java.awt.Point");
    }
}
