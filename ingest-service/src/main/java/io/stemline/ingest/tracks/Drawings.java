package io.stemline.ingest.tracks;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSource;
import io.stemline.audio.peaks.PeakFile;
import io.stemline.audio.peaks.PeakRecorder;
import io.stemline.audio.picture.MelSpectrogramPicture;
import io.stemline.audio.picture.PictureSize;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.tracks.TrackAudio.Sound;
import io.stemline.pipeline.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What is drawn of a sound. Peaks are in the store since the separation; where they are not, and for spectrograms, the sound is read
 * once and what was made of it is kept. One at a time: reading takes all of a processor.
 */
@Singleton
final class Drawings {
    private static final PictureSize SPECTROGRAM = new PictureSize(1600, 420);
    private static final int FRAMES_AT_ONCE = 1 << 14;
    private static final int MOST_COLUMNS = 8192;

    private final ObjectStore store;
    private final SoundFiles files;

    Drawings(ObjectStore store, SoundFiles files) {
        this.store = store;
        this.files = files;
    }

    /**
     * Extremes of a part of a waveform.
     *
     * @param peaks lowest and highest sample of each column in turn, in 127ths of full scale
     */
    public record PeaksView(int sampleRateHz, long lengthFrames, long fromFrame, long toFrame, int[] peaks) {}

    /** Takes a sound block by block. */
    @FunctionalInterface
    private interface Blocks {
        void add(float[][] block, int offset, int frames);
    }

    /**
     * @param prefix where what is made of the sound is kept: {@code separations/<id>/}
     */
    PeaksView peaks(Sound sound, String prefix, long fromFrame, long toFrame, int columns) throws IOException {
        long end = toFrame <= 0 ? sound.lengthFrames() : toFrame;
        if (fromFrame < 0 || end <= fromFrame || columns < 1 || columns > MOST_COLUMNS) {
            throw ProblemException.malformed(
                    "a waveform has 1 to %d columns, and begins before it ends: not %d from %d to %d"
                            .formatted(MOST_COLUMNS, columns, fromFrame, end));
        }
        String object = "%speaks/%s.peaks".formatted(prefix, sound.part());
        if (!store.exists(object)) {
            recordPeaks(sound, object);
        }
        try (InputStream stored = store.get(object)) {
            PeakFile file = PeakFile.open(stored);
            byte[] part = file.part(fromFrame, end, columns);
            var peaks = new int[part.length];
            for (int n = 0; n < part.length; n++) {
                peaks[n] = part[n];
            }
            return new PeaksView(file.sampleRateHz(), file.lengthFrames(), fromFrame, end, peaks);
        }
    }

    private synchronized void recordPeaks(Sound sound, String object) throws IOException {
        if (store.exists(object)) {
            return;
        }
        PeakRecorder peaks = read(sound, PeakRecorder::new, recorder -> recorder::add);
        var file = new ByteArrayOutputStream();
        peaks.writeTo(file);
        store.put(object, new ByteArrayInputStream(file.toByteArray()));
    }

    /** The key of a sound's mel spectrogram, PNG. */
    String spectrogram(Sound sound, String prefix) throws IOException {
        String object = "%sspectrograms/%s.png".formatted(prefix, sound.part());
        return store.exists(object) ? object : drawnSpectrogram(sound, object);
    }

    private synchronized String drawnSpectrogram(Sound sound, String object) throws IOException {
        if (!store.exists(object)) {
            MelSpectrogramPicture picture =
                    read(sound, format -> new MelSpectrogramPicture(format, SPECTROGRAM), drawn -> drawn::add);
            Path folder = Files.createTempDirectory("stemline-");
            Path file = folder.resolve("spectrogram.png");
            try {
                picture.writePng(file, "");
                store.put(object, file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        }
        return object;
    }

    private <T> T read(Sound sound, Function<AudioFormat, T> begin, Function<T, Blocks> blocks) {
        try (ObjectStore.LocalObject file = store.fetch(sound.object());
                AudioSource source = files.open(sound, file.path())) {
            T made = begin.apply(source.format());
            Blocks taker = blocks.apply(made);
            var block = new float[source.format().channels()][FRAMES_AT_ONCE];
            int read = source.read(block, 0, FRAMES_AT_ONCE);
            while (read > 0) {
                taker.add(block, 0, read);
                read = source.read(block, 0, FRAMES_AT_ONCE);
            }
            return made;
        }
    }
}
