package io.stemline.audio.ffmpeg;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerPointer;

/** Planar floats in native memory, grown as needed. */
final class NativePlanes implements AutoCloseable {

    private final int channels;
    private final PointerPointer<FloatPointer> addresses;
    private FloatPointer memory = new FloatPointer();
    private int capacityFrames;

    NativePlanes(int channels) {
        this.channels = channels;
        this.addresses = new PointerPointer<>(channels);
    }

    PointerPointer<FloatPointer> atLeast(int frames) {
        if (frames > capacityFrames) {
            memory.close();
            capacityFrames = Math.max(frames, 2 * capacityFrames);
            memory = new FloatPointer((long) channels * capacityFrames);
            for (int channel = 0; channel < channels; channel++) {
                addresses.put(channel, plane(channel));
            }
        }
        return addresses;
    }

    FloatPointer plane(int channel) {
        return memory.getPointer((long) channel * capacityFrames);
    }

    @Override
    public void close() {
        memory.close();
        addresses.close();
    }
}
