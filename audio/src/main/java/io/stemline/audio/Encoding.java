package io.stemline.audio;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How samples are stored in a file that is written.
 */
public enum Encoding {
    /** PCM, 16 bit, in WAV; RF64 beyond 4 GB. */
    WAV_16("wav", true, 16),
    /** PCM, 24 bit, in WAV; RF64 beyond 4 GB. */
    WAV_24("wav", true, 24),
    /** PCM, 32 bit floating point, in WAV; RF64 beyond 4 GB. Samples are kept bit by bit. */
    WAV_FLOAT("wav", true, 32),
    /** FLAC, 16 bit, up to 8 channels. */
    FLAC_16("flac", true, 16),
    /** FLAC, 24 bit, up to 8 channels. */
    FLAC_24("flac", true, 24),
    /**
     * MP3 at 320 kbit/s, up to 2 channels. A sample rate that MP3 does not know is converted to the next higher one it
     * knows, or to 48 kHz.
     */
    MP3("mp3", false, 0),
    /**
     * AAC-LC at 256 kbit/s for stereo, in an MP4 file, up to 8 channels. Reading gives whole packets of 1024 frames: up
     * to 1023 frames of near silence follow the end. A sample rate that AAC does not know is converted to the next
     * higher one it knows, or to 96 kHz.
     */
    AAC("m4a", false, 0);

    private final String extension;
    private final boolean lossless;
    private final int bitsPerSample;

    Encoding(String extension, boolean lossless, int bitsPerSample) {
        this.extension = extension;
        this.lossless = lossless;
        this.bitsPerSample = bitsPerSample;
    }

    /** The encoding of a {@link #spelling}, if there is one. */
    public static Optional<Encoding> spelled(String spelling) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.spelling().equals(spelling))
                .findFirst();
    }

    /**
     * The encoding that a file has, if it is one of these.
     *
     * @return empty for other formats, which can be read but not written
     */
    public static Optional<Encoding> of(AudioProbe file) {
        String codec = file.codec();
        return switch (file.container()) {
            case "wav" -> pcm(file);
            case "flac" -> Optional.of(file.bitsPerSample() <= 16 ? FLAC_16 : FLAC_24);
            case "mp3" -> Optional.of(MP3);
            default -> codec.equals("aac") ? Optional.of(AAC) : Optional.empty();
        };
    }

    private static Optional<Encoding> pcm(AudioProbe file) {
        if (!file.codec().startsWith("pcm_")) {
            return Optional.empty();
        }
        if (file.floatingPoint() || file.bitsPerSample() > 24) {
            return Optional.of(WAV_FLOAT);
        }
        return Optional.of(file.bitsPerSample() <= 16 ? WAV_16 : WAV_24);
    }

    /** The encoding as settings, requests and events spell it: {@code wav-float}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What names of such files end with, without the dot. */
    public String extension() {
        return extension;
    }

    /** Whether reading gives back exactly what was written, up to the rounding to {@link #bitsPerSample}. */
    public boolean lossless() {
        return lossless;
    }

    /** The resolution of a stored sample, or 0 where samples are not stored as such. */
    public int bitsPerSample() {
        return bitsPerSample;
    }
}
