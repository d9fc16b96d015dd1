package io.stemline.training.reporting;

import com.google.protobuf.ByteString;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.Encoding;
import io.stemline.training.folder.FolderException;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Figures, pictures and sounds of a run, in the files that TensorBoard reads: {@code tensorboard --logdir my_model/runs}.
 *
 * <p>Each opening begins a new file in the folder, later by its name than those that are there. It starts with the step at
 * which the run goes on: what an earlier file says of that step and later ones is void, because the run was taken back to
 * its last checkpoint.
 *
 * <p>Used by one thread at a time.
 */
public final class TensorBoardLog implements AutoCloseable {

    private static final String FORMAT = "brain.Event:2";
    private static final Pattern FILE_NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");
    private static final long NANOS_BETWEEN_FLUSHES = 5_000_000_000L;

    private final Path file;
    private final InstantSource clock;
    private final TensorFlowRecords records;
    private long flushedNanos = System.nanoTime();

    private TensorBoardLog(Path file, OutputStream out, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.records = new TensorFlowRecords(out);
    }

    /**
     * Begins a file.
     *
     * @param folder of the run, {@code runs/NAME}; made if it is not there
     * @param nextStep the step at which the run begins or goes on
     * @throws FolderException if the file cannot be written, as from all other methods
     */
    public static TensorBoardLog open(Path folder, long nextStep) {
        return open(folder, nextStep, InstantSource.system());
    }

    static TensorBoardLog open(Path folder, long nextStep, InstantSource clock) {
        try {
            Files.createDirectories(folder);
            long seconds = Math.max(clock.instant().getEpochSecond(), lastSeconds(folder) + 1);
            Path file = folder.resolve(String.format(
                    Locale.ROOT,
                    "events.out.tfevents.%010d.%s.%d",
                    seconds,
                    hostName(),
                    ProcessHandle.current().pid()));
            var out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
            var log = new TensorBoardLog(file, out, clock);
            log.write(log.event(0).setFileVersion(FORMAT));
            log.write(log.event(nextStep)
                    .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
            log.flush();
            return log;
        } catch (IOException e) {
            throw new FolderException(
                    folder + ": no file for TensorBoard can be made there (" + e.getMessage() + ")", e);
        }
    }

    /** The time in the name of the last file, or 0. */
    private static long lastSeconds(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> FILE_NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToLong(name -> Long.parseLong(name.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The file that is written. */
    public Path file() {
        return file;
    }

    /**
     * A figure.
     *
     * @param tag what it is; a slash makes groups: {@code validation/vocals}
     */
    public void scalar(String tag, long step, double value) {
        write(step, Summary.Value.newBuilder().setTag(tag).setSimpleValue((float) value));
    }

    /** A picture. */
    public void image(String tag, long step, BufferedImage picture) {
        image(tag, step, Png.of(picture));
    }

    void image(String tag, long step, Png picture) {
        write(
                step,
                Summary.Value.newBuilder()
                        .setTag(tag)
                        .setImage(Summary.Image.newBuilder()
                                .setWidth(picture.widthPixels())
                                .setHeight(picture.heightPixels())
                                .setColorspace(picture.components())
                                .setEncodedImageString(ByteString.copyFrom(picture.bytes()))));
    }

    /** A sound, kept in 16 bit. */
    public void audio(String tag, long step, AudioBuffer sound) {
        Path wav = file.resolveSibling(".sound.wav");
        try {
            AudioFiles.write(wav, sound, Encoding.WAV_16);
            audio(tag, step, sound, wav);
        } finally {
            deleteIfThere(wav);
        }
    }

    /** A sound that has been written already. */
    void audio(String tag, long step, AudioBuffer sound, Path wav) {
        write(
                step,
                Summary.Value.newBuilder()
                        .setTag(tag)
                        .setAudio(Summary.Audio.newBuilder()
                                .setSampleRate(sound.format().sampleRateHz())
                                .setNumChannels(sound.channels())
                                .setLengthFrames(sound.lengthFrames())
                                .setContentType("audio/wav")
                                .setEncodedAudioString(content(wav))));
    }

    private ByteString content(Path wav) {
        try {
            return ByteString.copyFrom(Files.readAllBytes(wav));
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private void deleteIfThere(Path wav) {
        try {
            Files.deleteIfExists(wav);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /**
     * A text.
     *
     * @param markdown as TensorBoard shows it
     */
    public void text(String tag, long step, String markdown) {
        var plugin = SummaryMetadata.PluginData.newBuilder().setPluginName("text");
        var shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(1));
        write(
                step,
                Summary.Value.newBuilder()
                        .setTag(tag)
                        .setMetadata(SummaryMetadata.newBuilder().setPluginData(plugin))
                        .setTensor(TensorProto.newBuilder()
                                .setDtype(DataType.DT_STRING)
                                .setTensorShape(shape)
                                .addStringVal(ByteString.copyFrom(markdown, StandardCharsets.UTF_8))));
    }

    /** Makes all that was written so far readable; happens by itself every few seconds of writing. */
    public void flush() {
        try {
            records.flush();
            flushedNanos = System.nanoTime();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private Event.Builder event(long step) {
        Instant now = clock.instant();
        return Event.newBuilder().setStep(step).setWallTime(now.getEpochSecond() + now.getNano() / 1e9);
    }

    private void write(long step, Summary.Value.Builder value) {
        write(event(step).setSummary(Summary.newBuilder().addValue(value)));
        if (System.nanoTime() - flushedNanos > NANOS_BETWEEN_FLUSHES) {
            flush();
        }
    }

    private void write(Event.Builder event) {
        try {
            records.write(event.build().toByteArray());
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private FolderException refused(IOException e) {
        return new FolderException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
}
