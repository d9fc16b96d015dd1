/**
 * Sound in and out of files as planar floats: {@link io.stemline.audio.AudioFiles} is the door to decoding, encoding and
 * probing, {@link io.stemline.audio.Resampler} changes the sample rate.
 */
package io.stemline.audio;
