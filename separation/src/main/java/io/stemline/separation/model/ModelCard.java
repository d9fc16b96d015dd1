package io.stemline.separation.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that has to be known about a model to run it and to judge it: the contents of {@code model.json}.
 *
 * <p>A card that exists is a card that makes sense: the constructor refuses everything else with a
 * {@link ModelException} whose sentence names the key.
 *
 * @param formatVersion version of this format, {@value #FORMAT_VERSION}
 * @param id the model's name in files, events and commands: {@code [a-z0-9][a-z0-9._-]*}
 * @param name the model's name for people
 * @param description what it does, in a sentence or two
 * @param stems what comes out, in the order of the network's output
 * @param sampleRateHz the rate the network was trained at; mixtures of other rates are converted
 * @param channels channels the network takes at once, 1 or 2
 * @param representation what the network is fed with
 * @param stft the transform in front of the network; absent for a waveform model
 * @param segment the piece of a track the network sees at once
 * @param input the tensor the network is fed with
 * @param output the tensor it answers with
 * @param maskExtension what happens above the bins the network sees
 * @param filter how spectra of stems are made of the mixture's and masks; without it, the mask times the mixture's
 * @param remainder the stem that is the mixture minus all others, so that the stems add up to the mixture exactly;
 *     without it every stem is what the network says and they add up as well as the network lets them
 * @param weights identity of the weights; absent until the package is written
 * @param licence SPDX identifier of the weights' licence
 * @param origin where the weights came from
 * @param scores how well the model did
 * @param stemRules what is done to masks after the network, by stem
 * @param normaliseMasks whether masks are made to sum to one, after the rules
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonPropertyOrder({
    "formatVersion",
    "id",
    "name",
    "description",
    "stems",
    "sampleRateHz",
    "channels",
    "representation",
    "stft",
    "segment",
    "input",
    "output",
    "maskExtension",
    "stemRules",
    "normaliseMasks",
    "filter",
    "remainder",
    "weights",
    "licence",
    "origin",
    "scores"
})
public record ModelCard(
        int formatVersion,
        String id,
        String name,
        String description,
        List<String> stems,
        int sampleRateHz,
        int channels,
        Representation representation,
        Optional<StftLayout> stft,
        SegmentLayout segment,
        TensorInput input,
        TensorOutput output,
        MaskExtension maskExtension,
        Optional<StemFilter> filter,
        Optional<String> remainder,
        Optional<Weights> weights,
        String licence,
        Origin origin,
        List<Score> scores,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, StemRule> stemRules,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean normaliseMasks) {

    /** The version of {@code model.json} that this version of the library reads and writes. */
    public static final int FORMAT_VERSION = 1;

    /** Layout of the input of a spectrogram model. */
    public static final String SPECTROGRAM_INPUT = "batch,frame,bin,channel";

    /** Layout of the output of a spectrogram model. */
    public static final String SPECTROGRAM_OUTPUT = "batch,frame,bin,stem*channel";

    /** Layout of the input of a waveform model. */
    public static final String WAVEFORM_INPUT = "batch,sample,channel";

    /** Layout of the output of a waveform model. */
    public static final String WAVEFORM_OUTPUT = "batch,sample,stem*channel";

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private static final Pattern STEM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    public ModelCard {
        checkIdentity(formatVersion, id, name);
        description = description == null ? "" : description;
        stems = checkedStems(stems);
        Check.within("sampleRateHz", sampleRateHz, 1_000, 768_000);
        Check.within("channels", channels, 1, 2);
        Check.present("representation", representation);
        Check.present("segment", segment);
        Check.present("input", input);
        Check.present("output", output);
        stft = Check.orEmpty(stft);
        checkNetwork(representation, stft, input, output);
        maskExtension = maskExtension == null ? MaskExtension.AVERAGE : maskExtension;
        filter = Check.orEmpty(filter);
        Check.that(
                representation != Representation.WAVEFORM || filter.isEmpty(),
                "filter",
                "has no meaning for a waveform model, which has no spectra");
        remainder = Check.orEmpty(remainder);
        if (remainder.isPresent()) {
            Check.oneOf("remainder", remainder.get(), stems);
        }
        weights = Check.orEmpty(weights);
        Check.present("licence", licence);
        Check.present("origin", origin);
        scores = scores == null ? List.of() : List.copyOf(scores);
        stemRules = checkedRules(stemRules, stems);
        Check.that(
                representation != Representation.WAVEFORM || (stemRules.isEmpty() && !normaliseMasks),
                stemRules.isEmpty() ? "normaliseMasks" : "stemRules",
                "has no meaning for a waveform model, which has no masks");
    }

    private static void checkIdentity(int formatVersion, String id, String name) {
        Check.that(
                formatVersion == FORMAT_VERSION,
                "formatVersion",
                "must be " + FORMAT_VERSION + ", the version this program reads, and is " + formatVersion);
        Check.present("id", id);
        Check.that(
                ID.matcher(id).matches(),
                "id",
                "must be lower-case letters, digits, '.', '_' and '-', and is '" + id + "'");
        Check.present("name", name);
    }

    private static List<String> checkedStems(List<String> stems) {
        Check.present("stems", stems);
        Check.that(!stems.isEmpty(), "stems", "must name at least one stem");
        for (var stem : stems) {
            Check.that(
                    stem != null && STEM.matcher(stem).matches(),
                    "stems",
                    "must be lower-case letters, digits, '_' and '-', and has '" + stem + "'");
        }
        Check.that(new HashSet<>(stems).size() == stems.size(), "stems", "names a stem twice: " + stems);
        return List.copyOf(stems);
    }

    private static void checkNetwork(
            Representation representation, Optional<StftLayout> stft, TensorInput input, TensorOutput output) {
        boolean waveform = representation == Representation.WAVEFORM;
        Check.that(waveform || stft.isPresent(), "stft", "is missing");
        Check.that(!waveform || stft.isEmpty(), "stft", "has no meaning for a waveform model");
        Check.oneOf("input.layout", input.layout(), List.of(waveform ? WAVEFORM_INPUT : SPECTROGRAM_INPUT));
        Check.oneOf("output.layout", output.layout(), List.of(waveform ? WAVEFORM_OUTPUT : SPECTROGRAM_OUTPUT));
        Check.that(
                waveform == (output.kind() == OutputKind.SIGNAL),
                "output.kind",
                waveform ? "must be signal for a waveform model" : "must be mask or magnitude for a spectrogram model");
    }

    private static Map<String, StemRule> checkedRules(Map<String, StemRule> rules, List<String> stems) {
        if (rules == null) {
            return Map.of();
        }
        rules.forEach((stem, rule) -> {
            Check.oneOf("stemRules", stem, stems);
            Check.present("stemRules." + stem, rule);
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** The same card, with the identity of the weights. */
    public ModelCard withWeights(Weights weights) {
        return toBuilder().weights(weights).build();
    }

    /** A builder that starts from nothing but an id. */
    public static ModelCardBuilder builder(String id) {
        return new ModelCardBuilder(id);
    }

    /** A builder that starts from this card. */
    public ModelCardBuilder toBuilder() {
        return new ModelCardBuilder(this);
    }
}
