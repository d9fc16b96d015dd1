package io.stemline.training.network;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The description of a network. Everything that is needed to build it again is here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "architecture")
@JsonSubTypes(@JsonSubTypes.Type(value = UNetConfiguration.class, name = "UNet"))
public sealed interface NetworkConfiguration permits UNetConfiguration {

    /** What the network is fed with. */
    NetworkInput input();

    /** The stems that come out, in order. */
    List<String> stems();

    /** How many numbers there are to learn. */
    long trainableWeights();

    /** The code that builds it. */
    Architecture architecture();
}
