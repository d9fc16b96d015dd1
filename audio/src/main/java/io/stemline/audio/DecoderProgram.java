package io.stemline.audio;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The program of a process that decodes one file for {@link DecoderProcess}, and writes what it finds to standard output. */
final class DecoderProgram {
    private static final int BUFFER_BYTES = 1 << 16;

    private DecoderProgram() {}

    /** The words of a command line that {@link #main} understands. */
    static List<String> arguments(DecoderOutput.Kind first, Path file, ReadOptions options) {
        DecodingLimits limits = options.limits();
        var words = new ArrayList<String>();
        words.add(first.name());
        words.add(file.toAbsolutePath().toString());
        words.add(limits.longest().toString());
        words.add(Integer.toString(limits.mostChannels()));
        words.add(Integer.toString(limits.lowestSampleRateHz()));
        words.add(Integer.toString(limits.highestSampleRateHz()));
        words.add(limits.patience().toString());
        words.add(Long.toString(limits.largestBytes()));
        words.add(Integer.toString(options.stream()));
        words.add(Long.toString(options.startFrame()));
        words.add(Integer.toString(options.sampleRateHz().orElse(0)));
        words.add(Integer.toString(options.channels().orElse(0)));
        return words;
    }

    public static void main(String[] words) throws IOException {
        // What libraries print must not come between the messages.
        System.setOut(System.err);
        Path file = Path.of(words[1]);
        ReadOptions options = optionsOf(words);
        try (var out = new DataOutputStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES))) {
            try {
                if (words[0].equals(DecoderOutput.Kind.PROBE.name())) {
                    probe(file, options.limits(), out);
                } else {
                    read(file, options, out);
                }
            } catch (AudioException refusal) {
                DecoderOutput.writeKind(DecoderOutput.Kind.REFUSAL, out);
                DecoderOutput.writeRefusal(refusal, out);
            }
        }
    }

    private static ReadOptions optionsOf(String[] words) {
        var limits = new DecodingLimits(
                Duration.parse(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Duration.parse(words[6]),
                Long.parseLong(words[7]),
                false);
        ReadOptions options = ReadOptions.asIs()
                .within(limits)
                .ofStream(Integer.parseInt(words[8]))
                .from(Long.parseLong(words[9]));
        int sampleRateHz = Integer.parseInt(words[10]);
        if (sampleRateHz > 0) {
            options = options.atSampleRate(sampleRateHz);
        }
        int channels = Integer.parseInt(words[11]);
        return channels > 0 ? options.withChannels(channels) : options;
    }

    private static void probe(Path file, DecodingLimits limits, DataOutputStream out) throws IOException {
        AudioProbe probe = AudioFiles.probe(file, limits);
        DecoderOutput.writeKind(DecoderOutput.Kind.PROBE, out);
        DecoderOutput.writeProbe(probe, out);
    }

    private static void read(Path file, ReadOptions options, DataOutputStream out) throws IOException {
        try (AudioSource source = AudioFiles.open(file, options)) {
            DecoderOutput.writeKind(DecoderOutput.Kind.FORMAT, out);
            DecoderOutput.writeFormat(source.format(), out);
            out.flush();
            var block = new float[source.format().channels()][DecoderOutput.MOST_FRAMES];
            int told = 0;
            int frames = source.read(block, 0, DecoderOutput.MOST_FRAMES);
            while (frames > 0) {
                DecoderOutput.writeKind(DecoderOutput.Kind.BLOCK, out);
                told = tellFaults(source, told, out);
                DecoderOutput.writeSamples(block, frames, out);
                frames = source.read(block, 0, DecoderOutput.MOST_FRAMES);
            }
            DecoderOutput.writeKind(DecoderOutput.Kind.END, out);
            tellFaults(source, told, out);
        }
    }

    /** Tells the warnings that were not told yet; returns how many are told now. */
    private static int tellFaults(AudioSource source, int told, DataOutputStream out) throws IOException {
        List<String> warnings = source.warnings();
        out.writeLong(source.nonFiniteSamples());
        DecoderOutput.writeTexts(warnings.subList(told, warnings.size()), out);
        return warnings.size();
    }
}
