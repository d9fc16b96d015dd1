package io.stemline.audio;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Decodes a file in a process of its own. Whatever the file makes of native code (a crash, an endless loop, all of the memory) happens
 * there, and is a refusal with a sentence here.
 */
final class DecoderProcess implements AudioSource {
    /** Beyond the patience that the process has itself. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-XX:-CreateCoredumpOnCrash",
            // The Java machine would say between the messages why it crashed.
            "-XX:+SuppressFatalErrorMessage",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=2g",
            "--enable-native-access=ALL-UNNAMED");

    private final Path file;
    private final Process process;
    private final DataInputStream messages;
    private final long mostNanos;
    private final List<String> warnings = new ArrayList<>();
    private volatile long waitingSince;
    private volatile boolean waiting;
    private volatile boolean tooSlow;
    private AudioFormat format;
    private float[][] block;
    private int used;
    private int filled;
    private boolean ended;
    private long nonFiniteSamples;

    private DecoderProcess(Path file, DecoderOutput.Kind first, ReadOptions options) {
        this.file = file;
        this.mostNanos = options.limits().patience().plus(GRACE).toNanos();
        try {
            this.process = new ProcessBuilder(command(first, file, options))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new AudioFileAccessException(file, "no process to decode it could be started: " + e.getMessage(), e);
        }
        this.messages = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES));
        Thread.ofVirtual().name("watch-decoder").start(this::watch);
    }

    static AudioProbe probe(Path file, DecodingLimits limits) {
        try (var process = new DecoderProcess(
                file, DecoderOutput.Kind.PROBE, ReadOptions.asIs().within(limits))) {
            return process.told(in -> {
                process.expect(DecoderOutput.Kind.PROBE);
                return DecoderOutput.readProbe(in);
            });
        }
    }

    static AudioSource open(Path file, ReadOptions options) {
        var process = new DecoderProcess(file, DecoderOutput.Kind.FORMAT, options);
        try {
            process.format = process.told(in -> {
                process.expect(DecoderOutput.Kind.FORMAT);
                return DecoderOutput.readFormat(in);
            });
            process.block = new float[process.format.channels()][DecoderOutput.MOST_FRAMES];
            return process;
        } catch (Throwable e) {
            process.close();
            throw e;
        }
    }

    private static List<String> command(DecoderOutput.Kind first, Path file, ReadOptions options) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (cache != null) {
            command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
        }
        command.add("-cp");
        command.add(classPath());
        command.add(DecoderProgram.class.getName());
        command.addAll(DecoderProgram.arguments(first, file, options));
        return command;
    }

    /** All that lies beside this class's jar, which is what it needs and more; of unpacked classes, this process's own path. */
    private static String classPath() {
        CodeSource source = DecoderProcess.class.getProtectionDomain().getCodeSource();
        try {
            if (source != null) {
                Path place = Path.of(source.getLocation().toURI());
                if (Files.isRegularFile(place)) {
                    return place.getParent() + File.separator + "*";
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class has come from a place that is none: " + source.getLocation(), e);
        }
        return System.getProperty("java.class.path");
    }

    /** Ends the process when it keeps somebody waiting for longer than its own patience should have lasted. */
    private void watch() {
        try {
            while (!process.waitFor(1, TimeUnit.SECONDS)) {
                if (waiting && System.nanoTime() - waitingSince > mostNanos) {
                    tooSlow = true;
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Telling<T> {
        T from(DataInputStream in) throws IOException;
    }

    private <T> T told(Telling<T> telling) {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            return telling.from(messages);
        } catch (EOFException e) {
            throw silenced();
        } catch (IOException e) {
            throw new AudioFileAccessException(file, "the process that decodes it broke off: " + e.getMessage(), e);
        } finally {
            waiting = false;
        }
    }

    private void expect(DecoderOutput.Kind wanted) throws IOException {
        DecoderOutput.Kind kind = DecoderOutput.readKind(messages);
        if (kind == DecoderOutput.Kind.REFUSAL) {
            throw DecoderOutput.readRefusal(file, messages);
        }
        if (kind != wanted) {
            throw new IOException("%s instead of %s".formatted(kind, wanted));
        }
    }

    /** Why there is nothing more to read, though the process has not said that it is done. */
    private AudioException silenced() {
        int status;
        try {
            status = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AudioFileAccessException(file, "decoding it was interrupted", e);
        }
        if (tooSlow) {
            return new DecodingLimitException(
                    file,
                    "its decoder gave nothing for %d s and was ended; the file is damaged, or %s is too short"
                            .formatted(TimeUnit.NANOSECONDS.toSeconds(mostNanos), DecodingLimits.PATIENCE));
        }
        if (status == KILLED || status == TERMINATED) {
            return new AudioFileAccessException(
                    file, "the process that decodes it was ended from outside (status %d)".formatted(status));
        }
        return new NotAudioException(
                file,
                "its decoder crashed (status %d): the file is damaged, or made to do harm; a copy made by another program may be read"
                        .formatted(status));
    }

    @Override
    public AudioFormat format() {
        return format;
    }

    @Override
    public int read(float[][] wanted, int offset, int frames) {
        int done = 0;
        while (done < frames && !atEnd()) {
            int now = Math.min(frames - done, filled - used);
            for (int channel = 0; channel < wanted.length; channel++) {
                System.arraycopy(block[channel], used, wanted[channel], offset + done, now);
            }
            used += now;
            done += now;
        }
        return done == 0 ? -1 : done;
    }

    /** Fetches the next block where the last one is used up; whether there was none. */
    private boolean atEnd() {
        if (used == filled && !ended) {
            used = 0;
            filled = told(this::readBlock);
            ended = filled == 0;
        }
        return ended;
    }

    private int readBlock(DataInputStream in) throws IOException {
        DecoderOutput.Kind kind = DecoderOutput.readKind(in);
        return switch (kind) {
            case BLOCK -> {
                readFaults(in);
                yield DecoderOutput.readSamples(block, in);
            }
            case END -> {
                readFaults(in);
                yield 0;
            }
            case REFUSAL -> throw DecoderOutput.readRefusal(file, in);
            case FORMAT, PROBE -> throw new IOException("%s instead of samples".formatted(kind));
        };
    }

    private void readFaults(DataInputStream in) throws IOException {
        nonFiniteSamples = in.readLong();
        warnings.addAll(DecoderOutput.readTexts(in));
    }

    @Override
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public long nonFiniteSamples() {
        return nonFiniteSamples;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
