package io.stemline.bsseval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads 16 bit WAV files for tests, [channel][frame] in units of 1/32768. */
final class Wave {
    private Wave() {}

    static double[][] read(Path file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int channels = 0;
        int position = 12;
        while (bytes.getInt(position) != 0x61746164) { // "data"
            if (bytes.getInt(position) == 0x20746d66) { // "fmt "
                channels = bytes.getShort(position + 10);
            }
            position += 8 + bytes.getInt(position + 4);
        }
        int frames = bytes.getInt(position + 4) / 2 / channels;
        var samples = new double[channels][frames];
        for (int n = 0; n < frames; n++) {
            for (int c = 0; c < channels; c++) {
                samples[c][n] = bytes.getShort(position + 8 + 2 * (n * channels + c)) / 32768.0;
            }
        }
        return samples;
    }
}
