package io.stemline.training.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.training.folder.FolderException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

class TensorBoardLogTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000, 500_000_000));

    @TempDir
    Path folder;

    @Test
    void figuresAreReadBackFromTheirFrames() throws Exception {
        // Given
        Path run = folder.resolve("runs/one");

        // When
        try (var log = TensorBoardLog.open(run, 0, NOON)) {
            log.scalar("loss/training", 1, 0.75);
            log.scalar("validation/vocals", 2, -6.5);
            log.scalar("loss/training", 3, Double.NaN);
        }

        // Then
        List<Event> events = events(onlyFile(run));
        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).getWallTime()).isEqualTo(1_700_000_000.5);
        assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(events.subList(2, 5))
                .extracting(
                        Event::getStep,
                        event -> value(event).getTag(),
                        event -> value(event).getSimpleValue())
                .containsExactly(
                        tuple(1L, "loss/training", 0.75f),
                        tuple(2L, "validation/vocals", -6.5f),
                        tuple(3L, "loss/training", Float.NaN));
    }

    @Test
    void aRunThatGoesOnWritesALaterFileThatVoidsTheStepsAfterItsCheckpoint() throws Exception {
        // Given
        try (var log = TensorBoardLog.open(folder, 0, NOON)) {
            log.scalar("loss/training", 41, 1);
        }

        // When
        try (var log = TensorBoardLog.open(folder, 40, NOON)) {
            log.scalar("loss/training", 40, 2);
        }

        // Then
        List<Path> files = files(folder);
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("events.out.tfevents.1700000000."),
                        second -> assertThat(second).startsWith("events.out.tfevents.1700000001."));
        List<Event> second = events(files.get(1));
        assertThat(second.get(1).getStep()).isEqualTo(40);
        assertThat(second.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(value(second.get(2)).getSimpleValue()).isEqualTo(2);
        assertThat(events(files.get(0))).hasSize(3);
    }

    @Test
    void whatIsFlushedIsReadableWhileTheRunGoesOn() throws Exception {
        // Given
        try (var log = TensorBoardLog.open(folder, 0, NOON)) {
            log.scalar("loss/training", 1, 1);

            // When
            log.flush();

            // Then
            assertThat(events(log.file())).hasSize(3);
        }
    }

    @Test
    void picturesAreKeptAsPng() throws Exception {
        // Given
        var picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(2, 1, 0xff8040);

        // When
        try (var log = TensorBoardLog.open(folder, 0, NOON)) {
            log.image("spectrogram/vocals", 7, picture);
        }

        // Then
        Summary.Image kept = value(events(onlyFile(folder)).get(2)).getImage();
        BufferedImage decoded = ImageIO.read(
                new ByteArrayInputStream(kept.getEncodedImageString().toByteArray()));
        assertThat(kept.getWidth()).isEqualTo(3);
        assertThat(kept.getHeight()).isEqualTo(2);
        assertThat(kept.getColorspace()).isEqualTo(3);
        assertThat(decoded.getRGB(2, 1) & 0xffffff).isEqualTo(0xff8040);
        assertThat(decoded.getRGB(0, 0) & 0xffffff).isZero();
    }

    @Test
    void soundsAreKeptAsWav() throws Exception {
        // Given
        var sound = new AudioBuffer(new AudioFormat(8000, 2), new float[][] {{0, 0.5f, -0.25f}, {1, -1, 0}});

        // When
        try (var log = TensorBoardLog.open(folder, 0, NOON)) {
            log.audio("estimate/vocals", 7, sound);
        }

        // Then
        Summary.Audio kept = value(events(onlyFile(folder)).get(2)).getAudio();
        Path wav = Files.write(
                folder.resolve("kept.wav"), kept.getEncodedAudioString().toByteArray());
        AudioBuffer decoded = AudioFiles.readAll(wav);
        assertThat(kept.getContentType()).isEqualTo("audio/wav");
        assertThat(kept.getSampleRate()).isEqualTo(8000);
        assertThat(kept.getNumChannels()).isEqualTo(2);
        assertThat(kept.getLengthFrames()).isEqualTo(3);
        assertThat(decoded.format()).isEqualTo(sound.format());
        assertThat(decoded.channel(0)).containsExactly(sound.channel(0), within(1f / 32768));
        assertThat(decoded.channel(1)).containsExactly(sound.channel(1), within(1f / 32768));
    }

    @Test
    void textsAreKeptAsMarkdown() throws Exception {
        // When
        try (var log = TensorBoardLog.open(folder, 0, NOON)) {
            log.text("configuration", 0, "# Größe\n`dropout`");
        }

        // Then
        Summary.Value kept = value(events(onlyFile(folder)).get(2));
        assertThat(kept.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
        assertThat(kept.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("# Größe\n`dropout`");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        // Given
        Path file = Files.createFile(folder.resolve("runs"));

        // When / Then
        assertThatThrownBy(() -> TensorBoardLog.open(file.resolve("one"), 0))
                .isInstanceOf(FolderException.class)
                .hasMessageStartingWith(file.resolve("one") + ": no file for TensorBoard can be made there");
    }

    private static Summary.Value value(Event event) {
        return event.getSummary().getValue(0);
    }

    private static Path onlyFile(Path folder) throws Exception {
        assertThat(files(folder)).hasSize(1);
        return files(folder).getFirst();
    }

    private static List<Path> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Reads the frames of a TFRecord file as its specification has them, with a checksum of its own. */
    private static List<Event> events(Path file) throws Exception {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var events = new ArrayList<Event>();
        while (bytes.hasRemaining()) {
            byte[] head = new byte[8];
            bytes.get(bytes.position(), head);
            byte[] record = new byte[Math.toIntExact(bytes.getLong())];
            assertThat(bytes.getInt()).as("checksum of the length").isEqualTo(masked(head));
            bytes.get(record);
            assertThat(bytes.getInt()).as("checksum of the record").isEqualTo(masked(record));
            events.add(Event.parseFrom(record));
        }
        return events;
    }

    /** The CRC of RFC 3720, bit by bit: polynomial 0x1EDC6F41, reflected; then TensorFlow's mask. */
    private static int masked(byte[] bytes) {
        long crc = 0xffffffffL;
        for (byte next : bytes) {
            crc ^= next & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x82f63b78L : crc >>> 1;
            }
        }
        crc ^= 0xffffffffL;
        return (int) ((crc >>> 15 | crc << 17 & 0xffffffffL) + 0xa282ead8L);
    }
}
