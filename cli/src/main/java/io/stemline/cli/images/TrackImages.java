package io.stemline.cli.images;

import io.stemline.audio.AudioFormat;
import io.stemline.audio.AudioSink;
import io.stemline.audio.AudioSource;
import io.stemline.audio.picture.MelSpectrogramPicture;
import io.stemline.audio.picture.PictureException;
import io.stemline.audio.picture.PictureSheet;
import io.stemline.audio.picture.PictureSize;
import io.stemline.audio.picture.TrackPicture;
import io.stemline.audio.picture.WaveformPicture;
import io.stemline.separation.streaming.StemOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pictures of a track while it is separated: nothing is decoded a second time. In this order:
 *
 * <ol>
 *   <li>{@link #of(AudioSource)} and {@link #of(StemOutputs)} put ears between the separator and its mixture and stems. What
 *       an ear cannot hear it gives up on, and the samples pass all the same.
 *   <li>{@link #write} draws, once the stems are whole: a waveform and a mel spectrogram of the mixture and of each stem, and
 *       {@value #OVERVIEW} with all of them below each other. What cannot be drawn or written is a sentence for the user, and
 *       no failure.
 * </ol>
 */
public final class TrackImages {

    static final String OVERVIEW = "overview.png";

    private static final String MIXTURE = "mixture";
    private static final PictureSize SIZE = PictureSize.standard();
    private static final int WAVEFORM_HEIGHT = 80;
    private static final int SPECTROGRAM_HEIGHT = 160;

    private final String track;
    private final Map<String, Ear> ears = new LinkedHashMap<>();

    /**
     * @param track the track's name, the title of its pictures
     */
    public TrackImages(String track) {
        this.track = track;
    }

    /** The pictures of one signal. Given up when one of them fails: it is not worth the stems. */
    private static final class Ear {

        private final WaveformPicture waveform;
        private final MelSpectrogramPicture spectrogram;
        private Optional<RuntimeException> failure = Optional.empty();

        Ear(AudioFormat format) {
            this.waveform = new WaveformPicture(format, SIZE);
            this.spectrogram = new MelSpectrogramPicture(format, SIZE);
        }

        void hear(float[][] block, int offset, int frames) {
            if (failure.isPresent()) {
                return;
            }
            try {
                waveform.add(block, offset, frames);
                spectrogram.add(block, offset, frames);
            } catch (RuntimeException e) {
                failure = Optional.of(e);
            }
        }
    }

    /** The mixture, to be read in place of the one given. */
    public AudioSource of(AudioSource mixture) {
        return new HeardSource(mixture, newEar(MIXTURE, mixture.format()));
    }

    /** The places for stems, to be used instead of those given. */
    public StemOutputs of(StemOutputs stems) {
        return (stem, format) -> {
            var sink = stems.open(stem, format);
            return new HeardSink(sink, newEar(stem, format));
        };
    }

    private Ear newEar(String name, AudioFormat format) {
        var ear = new Ear(format);
        ears.put(name, ear);
        return ear;
    }

    /**
     * Writes the pictures, replacing older ones.
     *
     * @param folder where to; made if need be
     * @return why pictures are missing, a sentence for each
     */
    public List<String> write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (var ear : ears.values()) {
                ear.failure.ifPresent(failure -> {
                    throw failure;
                });
            }
            writeAll(folder);
            return List.of();
        } catch (PictureException e) {
            return List.of("there are no pictures, or not all: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            return List.of(folder + ": there are no pictures, or not all (" + e + ")");
        }
    }

    private void writeAll(Path folder) {
        var overview = PictureSheet.titled(track, SIZE.widthPixels());
        ears.forEach((name, ear) -> {
            overview.add(name, ear.waveform.channelsTogether(), WAVEFORM_HEIGHT)
                    .add("", ear.spectrogram, SPECTROGRAM_HEIGHT);
            write(folder, name, "waveform", ear.waveform);
            write(folder, name, "mel", ear.spectrogram);
        });
        overview.writePng(folder.resolve(OVERVIEW));
    }

    private void write(Path folder, String name, String kind, TrackPicture picture) {
        picture.writePng(folder.resolve(name + "-" + kind + ".png"), track + " \u2013 " + name);
    }

    private record HeardSource(AudioSource source, Ear ear) implements AudioSource {

        @Override
        public AudioFormat format() {
            return source.format();
        }

        @Override
        public int read(float[][] block, int offset, int frames) {
            int read = source.read(block, offset, frames);
            if (read > 0) {
                ear.hear(block, offset, read);
            }
            return read;
        }

        @Override
        public List<String> warnings() {
            return source.warnings();
        }

        @Override
        public long nonFiniteSamples() {
            return source.nonFiniteSamples();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private record HeardSink(AudioSink sink, Ear ear) implements AudioSink {

        @Override
        public AudioFormat format() {
            return sink.format();
        }

        @Override
        public void write(float[][] block, int offset, int frames) {
            sink.write(block, offset, frames);
            ear.hear(block, offset, frames);
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
