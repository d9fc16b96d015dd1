package io.stemline.trainer;

import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioFormat;
import io.stemline.audio.Encoding;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.registry.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;

/** Songs of a few seconds whose stems lie in different octaves, as rows and objects: a high voice, and low notes. */
final class LabelledSongs {
    static final int SAMPLE_RATE_HZ = 8000;
    private static final int SECONDS = 3;
    private static final int NOTES_A_SECOND = 4;

    private final Jdbi database;
    private final ObjectStore store;

    LabelledSongs(Jdbi database, ObjectStore store) {
        this.database = database;
        this.store = store;
    }

    /** Adds a song; its id. */
    String add(Split split, long seed) {
        float[] vocals = notes(seed, 1200, 3000);
        float[] other = notes(seed + 1_000_000, 90, 500);
        try {
            Path folder = Files.createTempDirectory("song-");
            Path mixture = write(folder.resolve("mixture.wav"), sum(vocals, other));
            String trackId = sha256(mixture);
            String object = "tracks/%s/source.wav".formatted(trackId);
            store.put(object, mixture);
            database.useHandle(handle -> handle.execute(
                    "insert into track (track_id, object, name, container, sample_rate_hz, channels, length_frames, split)"
                            + " values (?, ?, ?, 'wav', ?, 1, ?, ?)",
                    trackId,
                    object,
                    "song " + seed,
                    SAMPLE_RATE_HZ,
                    SECONDS * SAMPLE_RATE_HZ,
                    split.name()));
            addReference(trackId, "vocals", write(folder.resolve("vocals.wav"), vocals));
            addReference(trackId, "other", write(folder.resolve("other.wav"), other));
            return trackId;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addReference(String trackId, String stem, Path file) throws IOException {
        String sha256 = sha256(file);
        String object = "tracks/%s/references/%s-%s.wav".formatted(trackId, stem, sha256.substring(0, 16));
        store.put(object, file);
        database.useHandle(handle -> handle.execute(
                "insert into reference_stem (track_id, stem, object, sha256) values (?, ?, ?, ?)",
                trackId,
                stem,
                object,
                sha256));
    }

    private static Path write(Path file, float[] samples) {
        AudioFiles.write(
                file, new AudioBuffer(new AudioFormat(SAMPLE_RATE_HZ, 1), new float[][] {samples}), Encoding.WAV_FLOAT);
        return file;
    }

    private static float[] notes(long seed, double lowestHz, double highestHz) {
        var random = new Random(seed);
        float[] samples = new float[SECONDS * SAMPLE_RATE_HZ];
        int noteFrames = SAMPLE_RATE_HZ / NOTES_A_SECOND;
        for (int note = 0; note < samples.length / noteFrames; note++) {
            double frequencyHz = lowestHz * Math.pow(highestHz / lowestHz, random.nextDouble());
            for (int i = 0; i < noteFrames; i++) {
                double fade = Math.sin(Math.PI * i / noteFrames);
                samples[note * noteFrames + i] =
                        (float) (0.2 * fade * Math.sin(2 * Math.PI * frequencyHz * i / SAMPLE_RATE_HZ));
            }
        }
        return samples;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
