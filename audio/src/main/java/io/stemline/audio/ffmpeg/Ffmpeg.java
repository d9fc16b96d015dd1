package io.stemline.audio.ffmpeg;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioProbe;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.audio.DecodingLimits;
import io.stemline.audio.Encoding;
import io.stemline.audio.Excerpt;
import io.stemline.audio.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;

/** The door of this package. */
public final class Ffmpeg {

    static {
        NativeLog.capture();
    }

    private Ffmpeg() {}

    public static AudioProbe probe(Path file, DecodingLimits limits) {
        return Prober.probe(file, limits);
    }

    public static AudioSource open(Path file, ReadOptions options) {
        if (options.startFrame() == 0) {
            return Decoder.open(file, options);
        }
        Decoder decoder = Decoder.open(file, options);
        try {
            if (decoder.goTo(options.startFrame())) {
                return decoder;
            }
        } catch (Throwable e) {
            decoder.close();
            throw e;
        }
        decoder.close();
        return new Excerpt(Decoder.open(file, options), options.startFrame(), Long.MAX_VALUE);
    }

    public static AudioSink create(Path file, AudioFormat format, Encoding encoding) {
        return Encoder.create(file, format, encoding);
    }

    /** FFmpeg's words for one of its negative return values, with what it logged last in this thread. */
    static String reason(int error) {
        byte[] text = new byte[256];
        avutil.av_strerror(error, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        String words = new String(text, 0, length, StandardCharsets.UTF_8);
        String logged = NativeLog.takeLast();
        return logged.isEmpty() ? words : words + ": " + logged;
    }
}
