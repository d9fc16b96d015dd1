package io.stemline.training.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;

/** The description of a network. Everything that is needed to build it again is here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "architecture")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UNetConfiguration.class, name = "UNet"),
    @JsonSubTypes.Type(value = SpectrogramNetSimpleConfiguration.class, name = "SpectrogramNetSimple"),
    @JsonSubTypes.Type(value = SpectrogramNetLstmConfiguration.class, name = "SpectrogramNetLSTM"),
    @JsonSubTypes.Type(value = SpectrogramNetVaeConfiguration.class, name = "SpectrogramNetVAE"),
    @JsonSubTypes.Type(value = AudioNetSimpleConfiguration.class, name = "AudioNetSimple"),
    @JsonSubTypes.Type(value = AudioNetLstmConfiguration.class, name = "AudioNetLSTM"),
    @JsonSubTypes.Type(value = AudioNetVaeConfiguration.class, name = "AudioNetVAE"),
    @JsonSubTypes.Type(value = HybridNetConfiguration.class, name = "HybridNet"),
    @JsonSubTypes.Type(value = MaskInferenceConfiguration.class, name = "MaskInference"),
    @JsonSubTypes.Type(value = DeepClusteringConfiguration.class, name = "DeepClustering"),
    @JsonSubTypes.Type(value = ChimeraConfiguration.class, name = "Chimera"),
    @JsonSubTypes.Type(value = SpleeterUNetConfiguration.class, name = "SpleeterUNet")
})
public sealed interface NetworkConfiguration
        permits UNetConfiguration,
                SpectrogramNetSimpleConfiguration,
                SpectrogramNetLstmConfiguration,
                SpectrogramNetVaeConfiguration,
                AudioNetSimpleConfiguration,
                AudioNetLstmConfiguration,
                AudioNetVaeConfiguration,
                HybridNetConfiguration,
                MaskInferenceConfiguration,
                DeepClusteringConfiguration,
                ChimeraConfiguration,
                SpleeterUNetConfiguration {

    /** What the network is fed with. */
    NetworkInput input();

    /** The stems that come out, in order. */
    List<String> stems();

    /** How many numbers there are to learn. */
    long trainableWeights();

    /** The code that builds it. */
    Architecture architecture();

    /** A copy of the stems; refuses none at all and one twice, with a sentence that names the key. */
    static List<String> requireStems(List<String> stems) {
        if (stems.isEmpty()) {
            throw new IllegalArgumentException("stems is empty: a network needs one stem or more");
        }
        for (String stem : stems) {
            if (Collections.frequency(stems, stem) > 1) {
                throw new IllegalArgumentException("stems has " + stem + " more than once");
            }
        }
        return List.copyOf(stems);
    }
}
