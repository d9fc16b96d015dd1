package io.stemline.training.datasets.mixtures;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.audio.AudioProbe;
import io.stemline.training.datasets.DatasetException;
import io.stemline.training.datasets.Draws;
import io.stemline.training.datasets.LabelledTrack;
import io.stemline.training.datasets.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Isolated sounds in a folder for each label. What cannot be read as audio is left out and named. */
final class SourceSounds {
    private static final Set<String> EXTENSIONS = Set.of("wav", "flac", "mp3", "ogg", "opus", "m4a", "aiff", "aif");

    /**
     * A sound.
     *
     * @param name from the folder of sounds, with slashes
     */
    record Sound(String name, String sha256, int sampleRateHz, long lengthFrames) {
        long lengthAt(int rateHz) {
            return Math.round((double) lengthFrames * rateHz / sampleRateHz);
        }
    }

    private final Map<String, List<Sound>> byLabel = new TreeMap<>();
    private final List<String> skipped = new ArrayList<>();

    /**
     * Looks through the folder.
     *
     * @throws DatasetException if there is no label, or one of them without a sound
     */
    SourceSounds(Path folder) {
        for (Path label : entries(folder)) {
            if (Files.isDirectory(label)) {
                byLabel.put(label.getFileName().toString(), sounds(folder, label));
            }
        }
        if (byLabel.isEmpty() || byLabel.containsKey(LabelledTrack.MIXTURE)) {
            throw new DatasetException(folder
                    + ": sounds are in a folder for each label, with any name but mixture; there is "
                    + (byLabel.isEmpty() ? "none" : String.join(", ", byLabel.keySet())));
        }
        byLabel.forEach((label, sounds) -> {
            if (sounds.isEmpty()) {
                throw new DatasetException(folder.resolve(label) + ": no sound in it that can be read");
            }
        });
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DatasetException(folder + ": the folder cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    private List<Sound> sounds(Path folder, Path label) {
        List<Sound> sounds = new ArrayList<>();
        for (Path file : entries(label)) {
            String fileName = file.getFileName().toString();
            String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (EXTENSIONS.contains(extension)) {
                try {
                    AudioProbe probe = AudioFiles.probe(file);
                    if (probe.lengthFrames() > 0) {
                        String name = label.getFileName() + "/" + fileName;
                        sounds.add(new Sound(name, sha256(file), probe.sampleRateHz(), probe.lengthFrames()));
                    } else {
                        skipped.add(label.getFileName() + "/" + fileName + ": there is no sound in it");
                    }
                } catch (AudioException e) {
                    skipped.add(label.getFileName() + "/" + e.getMessage());
                }
            }
        }
        return sounds;
    }

    static String sha256(Path file) {
        try {
            return new DigestUtils(SHA_256).digestAsHex(file);
        } catch (IOException e) {
            throw new DatasetException(file + ": the file cannot be read (" + e.getMessage() + ")", e);
        }
    }

    List<String> labels() {
        return List.copyOf(byLabel.keySet());
    }

    /** What was left out, a sentence for each file. */
    List<String> skipped() {
        return List.copyOf(skipped);
    }

    /**
     * Divides each label's sounds between the splits in proportion to their mixtures, at least one for each, so that no sound
     * is in two splits.
     *
     * @throws DatasetException if a label has fewer sounds than there are splits
     */
    Map<Split, Map<String, List<Sound>>> divided(Map<Split, Integer> counts, long seed) {
        List<Split> splits = Stream.of(Split.values())
                .filter(split -> counts.getOrDefault(split, 0) > 0)
                .toList();
        Map<Split, Map<String, List<Sound>>> divided = new EnumMap<>(Split.class);
        splits.forEach(split -> divided.put(split, new TreeMap<>()));
        byLabel.forEach((label, sounds) -> {
            if (sounds.size() < splits.size()) {
                throw new DatasetException("%s: %d sounds cannot be divided between %d splits so that none is in two"
                        .formatted(label, sounds.size(), splits.size()));
            }
            divide(label, shuffled(sounds, seed), splits, counts, divided);
        });
        return divided;
    }

    private static List<Sound> shuffled(List<Sound> sounds, long seed) {
        return sounds.stream()
                .sorted(Comparator.comparingLong(
                        sound -> Draws.of(seed, Draws.number(sound.name())).below(Long.MAX_VALUE)))
                .toList();
    }

    private static void divide(
            String label,
            List<Sound> sounds,
            List<Split> splits,
            Map<Split, Integer> counts,
            Map<Split, Map<String, List<Sound>>> divided) {
        long left = splits.stream().mapToLong(counts::get).sum();
        int from = 0;
        for (int i = 0; i < splits.size(); i++) {
            int after = splits.size() - 1 - i;
            int there = sounds.size() - from;
            long share = Math.round((double) there * counts.get(splits.get(i)) / left);
            int to = from + (after == 0 ? there : (int) Math.clamp(share, 1, there - after));
            divided.get(splits.get(i)).put(label, sounds.subList(from, to));
            left -= counts.get(splits.get(i));
            from = to;
        }
    }
}
