package io.stemline.pipeline;

/**
 * One thing about a service that is well or not.
 *
 * @param name what it is about, such as {@code queue stemline.audio.ready}
 * @param well whether it is as it should be
 * @param sentence what was found
 */
public record HealthFact(String name, boolean well, String sentence) {}
