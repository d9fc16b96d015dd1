package io.stemline.cli.scores;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedWriter;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where scores are kept, so that a run can go on where another one ended:
 *
 * <ul>
 *   <li>{@code settings.json}: what the figures follow from. Another run's is a reason to refuse;
 *   <li>{@code [<subset>/]<track>.json}: the track's figures in museval's format, written once the track is scored;
 *   <li>{@code .tracks/[<subset>/]<track>.json}: the same figures unrounded, with all that museval's format has no place for. A
 *       track is done when both are there, whole, and its audio files have not changed since;
 *   <li>{@code scores.json}, {@code scores.csv}, {@code frames.csv}: all tracks, written at the end.
 * </ul>
 *
 * Files are written beside their place and moved there whole.
 */
final class ScoreFolder {

    private static final String SETTINGS = "settings.json";
    private static final Set<String> OWN_NAMES = Set.of("settings", "scores");

    private final Path root;
    private final RunSettings settings;

    private ScoreFolder(Path root, RunSettings settings) {
        this.root = root;
        this.settings = settings;
    }

    /** What writes the content of a file. */
    @FunctionalInterface
    interface Content {
        void writeTo(BufferedWriter file) throws IOException;
    }

    /** What is known of a track from an earlier run: its record, or why there is none that can be used. */
    record Earlier(Optional<TrackRecord> record, Optional<String> objection) {
        private static final Earlier NOTHING = new Earlier(Optional.empty(), Optional.empty());

        private static Earlier objection(String sentence) {
            return new Earlier(Optional.empty(), Optional.of(sentence));
        }
    }

    /** @throws ScoresException if the folder is another run's, or cannot be written */
    static ScoreFolder open(Path root, RunSettings settings) {
        Path file = root.resolve(SETTINGS);
        try {
            Files.createDirectories(root.resolve(".tracks"));
            if (Files.exists(file)) {
                requireSame(root, settings);
            }
            var folder = new ScoreFolder(root, settings);
            folder.write(
                    file,
                    writer -> writer.write(
                            DecibelJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(settings)));
            return folder;
        } catch (IOException e) {
            throw new ScoresException("%s: scores cannot be written there (%s)".formatted(root, e.getMessage()), e);
        }
    }

    private static void requireSame(Path root, RunSettings settings) throws IOException {
        RunSettings earlier;
        try {
            earlier = DecibelJson.MAPPER.readValue(Files.readAllBytes(root.resolve(SETTINGS)), RunSettings.class);
        } catch (JsonProcessingException | CharConversionException e) {
            throw new ScoresException(
                    "%s: it does not hold the settings of a run; delete it to score everything again, or choose another folder with -o"
                            .formatted(root.resolve(SETTINGS)),
                    e);
        }
        List<String> differences = settings.differences(earlier);
        if (!differences.isEmpty()) {
            throw new ScoresException(
                    "%s: it holds scores of another run (%s); delete it, or choose another folder with -o"
                            .formatted(root, String.join("; ", differences)));
        }
    }

    Path root() {
        return root;
    }

    RunSettings settings() {
        return settings;
    }

    /** A folder for decoded audio. */
    Path scratch() {
        return root.resolve(".tracks");
    }

    Earlier find(ReferencedTrack track) throws IOException {
        Path museval = musevalFile(track);
        Path own = ownFile(track);
        if (Files.notExists(own)) {
            return Files.exists(museval)
                    ? Earlier.objection("%s: it was not written by an earlier run, so it is scored again and replaced"
                            .formatted(museval))
                    : Earlier.NOTHING;
        }
        TrackRecord record;
        try {
            record = DecibelJson.MAPPER.readValue(Files.readAllBytes(own), TrackRecord.class);
        } catch (JsonProcessingException | CharConversionException e) {
            return Earlier.objection("%s: it is cut short or foreign, so its track is scored again".formatted(own));
        }
        if (record == null
                || !settings.equals(record.settings())
                || !TrackRecord.fingerprints(track).equals(record.files())) {
            return Earlier.objection("%s: its audio has changed since, so it is scored again".formatted(museval));
        }
        if (Files.notExists(museval)) {
            return Earlier.NOTHING;
        }
        if (!Arrays.equals(Files.readAllBytes(museval), record.museval())) {
            return Earlier.objection(
                    "%s: it is cut short or was changed, so its track is scored again".formatted(museval));
        }
        return new Earlier(Optional.of(record), Optional.empty());
    }

    void keep(ReferencedTrack track, TrackRecord record) throws IOException {
        String own = DecibelJson.MAPPER.writeValueAsString(record);
        write(ownFile(track), file -> file.write(own));
        write(musevalFile(track), file -> file.write(new String(record.museval(), StandardCharsets.UTF_8)));
    }

    /** The record of a track that is done. */
    TrackRecord read(ReferencedTrack track) throws IOException {
        return DecibelJson.MAPPER.readValue(Files.readAllBytes(ownFile(track)), TrackRecord.class);
    }

    /** Writes a file of this folder. */
    Path write(String name, Content content) throws IOException {
        return write(root.resolve(name), content);
    }

    private Path write(Path file, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".tmp");
        try (BufferedWriter writer = Files.newBufferedWriter(unfinished)) {
            content.writeTo(writer);
        }
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Path musevalFile(ReferencedTrack track) {
        return below(root, track);
    }

    private Path ownFile(ReferencedTrack track) {
        return below(scratch(), track);
    }

    private static Path below(Path folder, ReferencedTrack track) {
        boolean taken =
                track.subset().isEmpty() && OWN_NAMES.contains(track.name().toLowerCase(Locale.ROOT));
        String name = track.name() + (taken ? " (track)" : "") + ".json";
        return folder.resolve(track.subset()).resolve(name);
    }
}
