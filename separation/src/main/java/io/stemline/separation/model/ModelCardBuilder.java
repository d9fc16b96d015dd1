package io.stemline.separation.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a {@link ModelCard} together key by key. What is left out has the default that {@code model.json} has. */
public final class ModelCardBuilder {

    private final String id;
    private String name;
    private String description = "";
    private List<String> stems = List.of();
    private int sampleRateHz = 44_100;
    private int channels = 2;
    private Representation representation = Representation.MAGNITUDE;
    private Optional<StftLayout> stft = Optional.empty();
    private SegmentLayout segment;
    private TensorInput input = new TensorInput("mixture", ModelCard.SPECTROGRAM_INPUT);
    private TensorOutput output = new TensorOutput("masks", OutputKind.MASK, ModelCard.SPECTROGRAM_OUTPUT);
    private MaskExtension maskExtension = MaskExtension.AVERAGE;
    private Optional<StemFilter> filter = Optional.empty();
    private Optional<String> remainder = Optional.empty();
    private Optional<Weights> weights = Optional.empty();
    private String licence = "Apache-2.0";
    private Origin origin;
    private List<Score> scores = List.of();
    private final Map<String, StemRule> stemRules = new LinkedHashMap<>();
    private boolean normaliseMasks;

    ModelCardBuilder(String id) {
        this.id = id;
        this.name = id;
    }

    ModelCardBuilder(ModelCard card) {
        this.id = card.id();
        this.name = card.name();
        this.description = card.description();
        this.stems = card.stems();
        this.sampleRateHz = card.sampleRateHz();
        this.channels = card.channels();
        this.representation = card.representation();
        this.stft = card.stft();
        this.segment = card.segment();
        this.input = card.input();
        this.output = card.output();
        this.maskExtension = card.maskExtension();
        this.filter = card.filter();
        this.remainder = card.remainder();
        this.weights = card.weights();
        this.licence = card.licence();
        this.origin = card.origin();
        this.scores = card.scores();
        this.stemRules.putAll(card.stemRules());
        this.normaliseMasks = card.normaliseMasks();
    }

    public ModelCardBuilder name(String name) {
        this.name = name;
        return this;
    }

    public ModelCardBuilder description(String description) {
        this.description = description;
        return this;
    }

    public ModelCardBuilder stems(String... stems) {
        this.stems = List.of(stems);
        return this;
    }

    public ModelCardBuilder stems(List<String> stems) {
        this.stems = stems;
        return this;
    }

    public ModelCardBuilder sampleRateHz(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
        return this;
    }

    public ModelCardBuilder channels(int channels) {
        this.channels = channels;
        return this;
    }

    /** A network between spectrograms. */
    public ModelCardBuilder spectrogram(StftLayout stft, OutputKind kind, String inputName, String outputName) {
        this.representation = Representation.MAGNITUDE;
        this.stft = Optional.of(stft);
        this.input = new TensorInput(inputName, ModelCard.SPECTROGRAM_INPUT);
        this.output = new TensorOutput(outputName, kind, ModelCard.SPECTROGRAM_OUTPUT);
        return this;
    }

    /** A network between waveforms. */
    public ModelCardBuilder waveform(String inputName, String outputName) {
        this.representation = Representation.WAVEFORM;
        this.stft = Optional.empty();
        this.input = new TensorInput(inputName, ModelCard.WAVEFORM_INPUT);
        this.output = new TensorOutput(outputName, OutputKind.SIGNAL, ModelCard.WAVEFORM_OUTPUT);
        return this;
    }

    public ModelCardBuilder segment(int frames, int overlapFrames) {
        this.segment = new SegmentLayout(frames, overlapFrames);
        return this;
    }

    public ModelCardBuilder maskExtension(MaskExtension maskExtension) {
        this.maskExtension = maskExtension;
        return this;
    }

    public ModelCardBuilder filter(StemFilter filter) {
        this.filter = Optional.of(filter);
        return this;
    }

    public ModelCardBuilder remainder(String stem) {
        this.remainder = Optional.of(stem);
        return this;
    }

    public ModelCardBuilder withoutRemainder() {
        this.remainder = Optional.empty();
        return this;
    }

    public ModelCardBuilder weights(Weights weights) {
        this.weights = Optional.of(weights);
        return this;
    }

    public ModelCardBuilder licence(String licence) {
        this.licence = licence;
        return this;
    }

    public ModelCardBuilder origin(Origin origin) {
        this.origin = origin;
        return this;
    }

    public ModelCardBuilder scores(List<Score> scores) {
        this.scores = scores;
        return this;
    }

    public ModelCardBuilder stemRule(String stem, StemRule rule) {
        this.stemRules.put(stem, rule);
        return this;
    }

    public ModelCardBuilder normaliseMasks(boolean normaliseMasks) {
        this.normaliseMasks = normaliseMasks;
        return this;
    }

    /** The card, or a {@link ModelException} that names the key that is wrong. */
    public ModelCard build() {
        return new ModelCard(
                ModelCard.FORMAT_VERSION,
                id,
                name,
                description,
                stems,
                sampleRateHz,
                channels,
                representation,
                stft,
                segment,
                input,
                output,
                maskExtension,
                filter,
                remainder,
                weights,
                licence,
                origin,
                scores,
                stemRules,
                normaliseMasks);
    }
}
