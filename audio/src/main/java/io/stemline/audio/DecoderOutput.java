package io.stemline.audio;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link DecoderProgram} tells {@link DecoderProcess}: one message after another, each a kind and its parts. A reading is a
 * format, blocks, and an end; a probe is one message; a refusal ends either.
 */
final class DecoderOutput {
    static final int MOST_FRAMES = 1 << 14;

    /** What a message says; the order is that of the numbers that stand for them. */
    enum Kind {
        FORMAT,
        BLOCK,
        END,
        PROBE,
        REFUSAL
    }

    private DecoderOutput() {}

    static Kind readKind(DataInputStream in) throws IOException {
        int number = in.readUnsignedByte();
        if (number >= Kind.values().length) {
            throw new IOException("a message of a kind that is not known: " + number);
        }
        return Kind.values()[number];
    }

    static void writeKind(Kind kind, DataOutputStream out) throws IOException {
        out.writeByte(kind.ordinal());
    }

    static void writeFormat(AudioFormat format, DataOutputStream out) throws IOException {
        out.writeInt(format.sampleRateHz());
        out.writeInt(format.channels());
    }

    static AudioFormat readFormat(DataInputStream in) throws IOException {
        return new AudioFormat(in.readInt(), in.readInt());
    }

    /** Channel after channel. */
    static void writeSamples(float[][] block, int frames, DataOutputStream out) throws IOException {
        out.writeInt(frames);
        var bytes = ByteBuffer.allocate(Float.BYTES * frames);
        for (float[] channel : block) {
            bytes.asFloatBuffer().put(channel, 0, frames);
            out.write(bytes.array());
        }
    }

    /** Reads as many frames as a block holds; returns how many. */
    static int readSamples(float[][] block, DataInputStream in) throws IOException {
        int frames = in.readInt();
        if (frames < 1 || frames > MOST_FRAMES) {
            throw new IOException("a block of %d frames".formatted(frames));
        }
        var bytes = ByteBuffer.allocate(Float.BYTES * frames);
        for (float[] channel : block) {
            in.readFully(bytes.array());
            bytes.asFloatBuffer().get(channel, 0, frames);
        }
        return frames;
    }

    static void writeProbe(AudioProbe probe, DataOutputStream out) throws IOException {
        writeText(probe.container(), out);
        writeText(probe.codec(), out);
        out.writeInt(probe.sampleRateHz());
        out.writeInt(probe.channels());
        writeText(probe.channelLayout(), out);
        out.writeLong(probe.lengthFrames());
        out.writeInt(probe.bitsPerSample());
        out.writeBoolean(probe.floatingPoint());
        out.writeInt(probe.audioStreams());
        out.writeInt(probe.tags().size());
        for (Map.Entry<String, String> tag : probe.tags().entrySet()) {
            writeText(tag.getKey(), out);
            writeText(tag.getValue(), out);
        }
        writeTexts(probe.warnings(), out);
    }

    static AudioProbe readProbe(DataInputStream in) throws IOException {
        String container = readText(in);
        String codec = readText(in);
        int sampleRateHz = in.readInt();
        int channels = in.readInt();
        String layout = readText(in);
        long lengthFrames = in.readLong();
        int bitsPerSample = in.readInt();
        boolean floatingPoint = in.readBoolean();
        int audioStreams = in.readInt();
        var tags = new LinkedHashMap<String, String>();
        for (int left = in.readInt(); left > 0; left--) {
            tags.put(readText(in), readText(in));
        }
        return new AudioProbe(
                container,
                codec,
                sampleRateHz,
                channels,
                layout,
                lengthFrames,
                bitsPerSample,
                floatingPoint,
                audioStreams,
                tags,
                readTexts(in));
    }

    static void writeRefusal(AudioException refusal, DataOutputStream out) throws IOException {
        writeText(refusal.getClass().getSimpleName(), out);
        writeText(refusal.sentence(), out);
    }

    static AudioException readRefusal(Path file, DataInputStream in) throws IOException {
        String type = readText(in);
        String sentence = readText(in);
        return switch (type) {
            case "AudioFileAccessException" -> new AudioFileAccessException(file, sentence);
            case "DecodingLimitException" -> new DecodingLimitException(file, sentence);
            case "NoSuchStreamException" -> new NoSuchStreamException(file, sentence);
            case "NotAudioException" -> new NotAudioException(file, sentence);
            case "UnsupportedAudioException" -> new UnsupportedAudioException(file, sentence);
            default -> throw new IOException("a refusal of a type that is not known: " + type);
        };
    }

    static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(text, out);
        }
    }

    static List<String> readTexts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(readText(in));
        }
        return texts;
    }

    /** Of any length, unlike {@link DataOutputStream#writeUTF}. */
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
