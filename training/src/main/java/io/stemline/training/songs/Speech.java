package io.stemline.training.songs;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.ReadOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Recordings of speech whose voices some singers borrow; none is the normal case. In steps:
 *
 * <ol>
 *   <li>all WAV files of a folder and the folders in it are hashed when it is opened; the same speech twice counts once. A
 *       folder that is not there, or without any WAV file, is refused then;
 *   <li>a recipe names a recording by its SHA-256, so it sounds the same wherever the file lies. A recipe that names one
 *       that is not among those given is refused when it is played;
 *   <li>a recording is read and analysed when it is first sung with: one that cannot be decoded, that has changed since it
 *       was hashed, or in which nothing is said is refused then, by its name. The latest few stay in memory.
 * </ol>
 *
 * <p>Can be shared by threads.
 */
public final class Speech {
    private static final int KEPT = 24;
    private static final double SHARE_OF_SINGERS = 1 / 3.0;

    private final SortedMap<String, Path> files;
    private final Map<String, SpokenText> analysed = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SpokenText> eldest) {
            return size() > KEPT;
        }
    };

    private Speech(SortedMap<String, Path> files) {
        this.files = files;
    }

    /** Nobody speaks: all singers are synthesised. */
    public static Speech none() {
        return new Speech(new TreeMap<>());
    }

    /**
     * Takes the WAV files of a folder and the folders in it, of any sample rate. About a dozen seconds of one speaker in
     * each are best: a song's singer takes all syllables from one file.
     *
     * @throws SpeechException when the folder cannot be read or has no WAV file
     */
    public static Speech open(Path folder) {
        SortedMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> sounds = paths.filter(
                            path -> path.toString().toLowerCase().endsWith(".wav"))
                    .sorted()
                    .toList();
            for (Path sound : sounds) {
                files.putIfAbsent(new DigestUtils(SHA_256).digestAsHex(sound), sound);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new SpeechException(folder + ": its speech cannot be read (" + e.getMessage() + ")", e);
        }
        if (files.isEmpty()) {
            throw new SpeechException(folder + ": has no WAV file of speech");
        }
        return new Speech(files);
    }

    /** How many different recordings there are. */
    public int recordings() {
        return files.size();
    }

    /** A speaker's timbre, which about every third singer borrows. */
    Optional<Part.Timbre> timbre(Dice dice) {
        if (files.isEmpty() || !dice.chance(SHARE_OF_SINGERS)) {
            return Optional.empty();
        }
        String sha256 = List.copyOf(files.keySet()).get(dice.below(files.size()));
        return Optional.of(
                new Part.Timbre.Spoken(sha256, dice.logUniform(0.8, 1.3), dice.uniform(-6, 6), dice.uniform(-6, 8)));
    }

    SpokenText text(String sha256) {
        synchronized (analysed) {
            return analysed.computeIfAbsent(sha256, this::analyse);
        }
    }

    private SpokenText analyse(String sha256) {
        Path file = files.get(sha256);
        if (file == null) {
            throw new SpeechException("The recipe's singer borrows the voice of the recording with SHA-256 " + sha256
                    + ", which is not among the " + files.size() + " given");
        }
        try {
            if (!new DigestUtils(SHA_256).digestAsHex(file).equals(sha256)) {
                throw new SpeechException(file + ": has changed since the folder was opened");
            }
            int rateHz = AudioFiles.probe(file).format().sampleRateHz();
            ReadOptions mono = ReadOptions.asIs()
                    .atSampleRate(SongGenerator.SAMPLE_RATE_HZ)
                    .withChannels(1);
            return SpeechAnalysis.of(AudioFiles.readAll(file, mono).channel(0), rateHz)
                    .orElseThrow(() -> new SpeechException(file + ": nothing is said in it"));
        } catch (IOException | AudioException e) {
            throw new SpeechException(file + ": cannot be used as speech (" + e.getMessage() + ")", e);
        }
    }
}
