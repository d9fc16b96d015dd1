package io.stemline.training.songs;

/**
 * An instrument of a sound font that plays a part in place of the synthesised one.
 *
 * @param soundFont SHA-256 of the sound font's file, in hexadecimal
 * @param bank 128 for drum kits
 * @param program 0 to 127
 * @param name what the sound font calls it
 */
public record SampledSound(String soundFont, int bank, int program, String name) {}
