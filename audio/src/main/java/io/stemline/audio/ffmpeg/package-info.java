/**
 * FFmpeg's libraries, called in this process through JavaCPP. Users of the audio library go through
 * {@link io.stemline.audio.AudioFiles} and {@link io.stemline.audio.Resampler}; nothing else may depend on this package.
 */
package io.stemline.audio.ffmpeg;
