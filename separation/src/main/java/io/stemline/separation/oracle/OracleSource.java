package io.stemline.separation.oracle;

import io.stemline.audio.AudioSource;
import java.util.function.Supplier;

/**
 * A signal that can be read as often as need be.
 *
 * @param name the stem's name
 * @param title what to call it in messages, for instance its file
 * @param opening opens it at its beginning
 */
public record OracleSource(String name, String title, Supplier<AudioSource> opening) {}
