package io.stemline.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files that nobody's program writes, made by hand: headers that lie, nests, bombs, and what is no sound at all. */
final class MadeUpFiles {

    private static final int[] RATES = {
        0, 1, 7, 999, 1_000, 768_001, 6_144_001, Integer.MAX_VALUE, Integer.MIN_VALUE, -1
    };
    private static final int[] CHANNELS = {0, 1, 9, 64, 65, 255, 512, 513, 10_000, 65_535};
    private static final int[] BITS = {0, 1, 3, 7, 12, 20, 40, 64, 128, 65_535};
    private static final int[] TAGS = {0, 1, 2, 3, 6, 7, 0x11, 0x31, 0x55, 0x92, 0x160, 0x161, 0x674F, 0xFFFE, 0xFFFF};
    private static final int[] BLOCKS = {0, 1, 3, 1_000, 65_535};
    private static final long[] LENGTHS = {0, 1, 3, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL, 0xFFFF_FF00L};

    private MadeUpFiles() {}

    /** Bytes by the name of the file. */
    static Map<String, byte[]> all(int bombSeconds) {
        Map<String, byte[]> files = new TreeMap<>();
        lyingWavs(files);
        lyingAiffs(files);
        nests(files);
        files.put("bomb.flac", silentFlac(bombSeconds));
        files.put("states-2-to-the-36-frames.flac", silentFlac(1));
        noSound(files);
        return files;
    }

    private static void lyingWavs(Map<String, byte[]> files) {
        for (int rate : RATES) {
            files.put("rate-%d.wav".formatted(rate), wav(1, 2, rate, 4, 16, 8_000, 8_000));
            files.put("float-rate-%d.wav".formatted(rate), wav(3, 1, rate, 4, 32, 8_000, 8_000));
        }
        for (int channels : CHANNELS) {
            files.put(
                    "channels-%d.wav".formatted(channels),
                    wav(1, channels, 44_100, 2 * channels, 16, 300_000, 300_000));
            files.put(
                    "channels-%d-in-blocks-of-4.wav".formatted(channels),
                    wav(1, channels, 44_100, 4, 16, 8_000, 8_000));
        }
        for (int bits : BITS) {
            files.put("bits-%d.wav".formatted(bits), wav(1, 2, 44_100, bits / 4, bits, 8_000, 8_000));
            files.put("bits-%d-floating.wav".formatted(bits), wav(3, 2, 44_100, 8, bits, 8_000, 8_000));
        }
        for (int tag : TAGS) {
            for (int block : BLOCKS) {
                files.put(
                        "tag-%x-in-blocks-of-%d.wav".formatted(tag, block),
                        wav(tag, 2, 44_100, block, 16, 8_000, 8_000));
            }
        }
        for (long length : LENGTHS) {
            files.put("length-%x.wav".formatted(length), wav(1, 2, 44_100, 4, 16, length, 8_001));
            files.put("length-%x-of-nothing.wav".formatted(length), wav(1, 2, 44_100, 4, 16, length, 0));
        }
    }

    private static byte[] wav(int tag, int channels, int rateHz, int block, int bits, long statedBytes, int bytes) {
        ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF"))
                .putInt((int) (36 + statedBytes))
                .put(ascii("WAVEfmt "))
                .putInt(16);
        wav.putShort((short) tag).putShort((short) channels).putInt(rateHz).putInt(rateHz * block);
        wav.putShort((short) block).putShort((short) bits).put(ascii("data")).putInt((int) statedBytes);
        for (int n = 44; n < wav.limit(); n++) {
            wav.put(n, (byte) (n * 31));
        }
        return wav.array();
    }

    private static void lyingAiffs(Map<String, byte[]> files) {
        // Rates are numbers of 80 bits: sign and exponent, then the significand.
        for (int exponent : new int[] {0, 0x3FFF, 0x400E, 0x401D, 0x401E, 0x403F, 0x7FFF, 0x8000, 0xC00E, 0xFFFF}) {
            for (int channels : new int[] {0, 2, 10_000}) {
                ByteBuffer aiff = ByteBuffer.allocate(54 + 8_000);
                aiff.put(ascii("FORM"))
                        .putInt(46 + 8_000)
                        .put(ascii("AIFFCOMM"))
                        .putInt(18);
                aiff.putShort((short) channels).putInt(2_000).putShort((short) 16);
                aiff.putShort((short) exponent).putLong(0xAC44_0000_0000_0000L);
                aiff.put(ascii("SSND")).putInt(8 + 8_000).putInt(0).putInt(0);
                files.put("exponent-%x-channels-%d.aiff".formatted(exponent, channels), aiff.array());
            }
        }
    }

    private static void nests(Map<String, byte[]> files) {
        byte[] wav = wav(1, 2, 44_100, 4, 16, 8_000, 8_000);
        byte[] format = Arrays.copyOfRange(wav, 12, 36);
        byte[] sound = Arrays.copyOfRange(wav, 36, wav.length);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.writeBytes(Arrays.copyOf(wav, 12));
        for (int n = 0; n < 20_000; n++) {
            many.writeBytes(format);
        }
        many.writeBytes(sound);
        files.put("many-formats.wav", many.toByteArray());
        files.put("sound-before-format.wav", concatenated(Arrays.copyOf(wav, 12), sound, format));
        files.put(
                "lists-within-lists.wav",
                concatenated(Arrays.copyOf(wav, 12), nested("LIST", 10_000, false), format, sound));
        files.put("wav-within-wav.wav", concatenated(wav, wav, wav, wav));
        files.put(
                "boxes-within-boxes.mp4",
                concatenated(atom("ftyp", ascii("isom\0\0\0\0isom")), nested("moov", 20_000, true)));
        files.put(
                "tracks-within-tracks.mp4",
                concatenated(atom("ftyp", ascii("isom\0\0\0\0isom")), nested("trak", 20_000, true)));
        files.put(
                "many-boxes.mp4",
                concatenated(
                        atom("ftyp", ascii("isom\0\0\0\0isom")),
                        atom("moov", repeated(atom("trak", new byte[0]), 20_000))));
        files.put("many-tags.mp3", repeated(concatenated(ascii("ID3\4\0\0\0\0\0\12"), new byte[10]), 50_000));
        files.put("tag-of-256-megabytes.mp3", concatenated(ascii("ID3\4\0\0\177\177\177\177"), new byte[1_000]));
        files.put(
                "ebml-within-ebml.mka",
                concatenated(
                        new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, (byte) 0x80},
                        repeated(
                                new byte[] {0x18, 0x53, (byte) 0x80, 0x67, 0x01, -1, -1, -1, -1, -1, -1, -1}, 20_000)));
        files.put(
                "picture-of-2-gigabytes.flac",
                concatenated(ascii("fLaC"), new byte[] {6, -1, -1, -1, 0, 0, 0, 3, 127, -1, -1, -1}, new byte[1_000]));
    }

    private static byte[] nested(String name, int levels, boolean bigEndian) {
        ByteBuffer nest =
                ByteBuffer.allocate(8 * levels).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int level = 0; level < levels; level++) {
            int rest = nest.remaining();
            if (bigEndian) {
                nest.putInt(rest).put(ascii(name));
            } else {
                nest.put(ascii(name)).putInt(rest - 8);
            }
        }
        return nest.array();
    }

    private static byte[] atom(String name, byte[] body) {
        return ByteBuffer.allocate(8 + body.length)
                .putInt(8 + body.length)
                .put(ascii(name))
                .put(body)
                .array();
    }

    /**
     * Silence of one channel at 44.1 kHz in blocks of 65,535 frames, 15 bytes each, under a header that states 2^36 - 1 frames (RFC 9639,
     * sections 8.2 and 9).
     */
    static byte[] silentFlac(int seconds) {
        ByteArrayOutputStream flac = new ByteArrayOutputStream();
        flac.writeBytes(ascii("fLaC"));
        ByteBuffer info = ByteBuffer.allocate(38)
                .putInt(0x80000022)
                .putShort((short) 0xFFFF)
                .putShort((short) 0xFFFF);
        info.put(new byte[6]).putLong(44_100L << 44 | 15L << 36 | (1L << 36) - 1);
        flac.writeBytes(info.array());
        for (int block = 0; block < seconds * 44_100L / 65_535 + 1; block++) {
            flac.writeBytes(silentBlock(block));
        }
        return flac.toByteArray();
    }

    private static byte[] silentBlock(int number) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xF8, 0x79, 0x08});
        if (number < 0x80) {
            block.write(number);
        } else if (number < 0x800) {
            block.write(0xC0 | number >> 6);
            block.write(0x80 | number & 0x3F);
        } else {
            block.write(0xE0 | number >> 12);
            block.write(0x80 | number >> 6 & 0x3F);
            block.write(0x80 | number & 0x3F);
        }
        block.write(0xFF);
        block.write(0xFE);
        block.write(remainder(block.toByteArray(), 8, 0x07));
        // A constant subframe of zeros.
        block.writeBytes(new byte[3]);
        int check = remainder(block.toByteArray(), 16, 0x8005);
        block.write(check >> 8);
        block.write(check);
        return block.toByteArray();
    }

    /** A cyclic redundancy check. */
    private static int remainder(byte[] message, int width, int polynomial) {
        int remainder = 0;
        for (byte part : message) {
            remainder ^= Byte.toUnsignedInt(part) << width - 8;
            for (int bit = 0; bit < 8; bit++) {
                boolean carries = (remainder >> width - 1 & 1) == 1;
                remainder = remainder << 1 ^ (carries ? polynomial : 0);
            }
        }
        return remainder & (1 << width) - 1;
    }

    private static void noSound(Map<String, byte[]> files) {
        String secret = "/etc/passwd";
        files.put("empty.wav", new byte[0]);
        files.put("one-byte.mp3", new byte[1]);
        files.put("zeros.wav", new byte[100_000]);
        files.put("text.mp3", ascii("All work and no play. ".repeat(5_000)));
        files.put("page.mp3", ascii("<!DOCTYPE html><html><body><h1>404</h1></body></html>"));
        files.put(
                "drawing.mp3",
                ascii("<svg xmlns='http://www.w3.org/2000/svg'><image href='file://" + secret + "'/></svg>"));
        files.put(
                "playlist.m3u8",
                ascii("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://" + secret + "\n#EXT-X-ENDLIST\n"));
        files.put("list.txt", ascii("ffconcat version 1.0\nfile '" + secret + "'\n"));
        files.put(
                "session.sdp",
                ascii("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"));
        files.put(
                "manifest.mpd",
                ascii("<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'><Period/></MPD>"));
        files.put("document.pdf", ascii("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"));
        files.put("array.wav", ascii("[".repeat(100_000)));
        files.put(
                "picture.png",
                concatenated(
                        new byte[] {(byte) 0x89},
                        ascii("PNG\r\n\32\n\0\0\0\15IHDR\177\177\177\177\177\177\177\177\10\6\0\0\0")));
        files.put("picture.gif", ascii("GIF89a\377\377\377\377\0\0\0"));
        files.put("program.wav", concatenated(new byte[] {0x7F}, ascii("ELF\2\1\1"), new byte[1_000]));
        files.put("zipped.wav", zipped());
        files.put("compressed.flac", compressed());
    }

    private static byte[] zipped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("song.wav"));
            zip.write(new byte[1 << 20]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] compressed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(silentFlac(10));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteBuffer all = ByteBuffer.allocate(part.length * times);
        for (int n = 0; n < times; n++) {
            all.put(part);
        }
        return all.array();
    }

    private static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
