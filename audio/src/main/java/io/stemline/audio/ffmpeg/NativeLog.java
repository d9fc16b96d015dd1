package io.stemline.audio.ffmpeg;

import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps FFmpeg from printing to the terminal: its errors go to the debug log, and the last one of each thread is kept
 * to be quoted in an exception.
 */
final class NativeLog extends LogCallback {

    private static final Logger LOGGER = LoggerFactory.getLogger(NativeLog.class);
    private static final ThreadLocal<String> LAST = new ThreadLocal<>();
    private static final Pattern CONTEXT = Pattern.compile("\\[[^]]* @ 0x[0-9a-f]+] ");
    private static final NativeLog INSTANCE = new NativeLog();

    private NativeLog() {}

    static void capture() {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        avutil.setLogCallback(INSTANCE);
    }

    static void forget() {
        LAST.remove();
    }

    static String takeLast() {
        String last = LAST.get();
        LAST.remove();
        return last == null ? "" : last;
    }

    @Override
    public void call(int level, BytePointer message) {
        if (level > avutil.AV_LOG_ERROR) {
            return;
        }
        String text = CONTEXT.matcher(message.getString()).replaceAll("").strip();
        if (!text.isEmpty()) {
            LAST.set(text);
            LOGGER.atDebug().addKeyValue("ffmpeg", text).log("FFmpeg reports an error");
        }
    }
}
