package io.stemline.endurance.chaos;

import static org.apache.commons.codec.digest.MessageDigestAlgorithms.SHA_256;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stemline.audio.AudioBuffer;
import io.stemline.audio.AudioException;
import io.stemline.audio.AudioFiles;
import io.stemline.endurance.Database;
import io.stemline.endurance.chaos.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Holds the object store against the rows: every object that a row names is there, nothing else is, a source's hash is its name, a
 * manifest says what the row says, and the stems of a separation add up to its source.
 */
final class StoreAudit {
    private static final List<String> STEMS = List.of("bass", "drums", "other", "vocals");

    /** Stems are written in 16 bit: each is off by half a step at most, and the source is exact. */
    private static final float ROUNDING = STEMS.size() * 0.51f / 32768;

    private final Ledger ledger;
    private final Database database;
    private final Path store;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> figures = new TreeMap<>();

    StoreAudit(Ledger ledger, Database database, Path store) {
        this.ledger = ledger;
        this.database = database;
        this.store = store;
    }

    private record Separation(String separationId, String trackId, String modelId, String manifest) {}

    List<Finding> run() throws SQLException, IOException {
        List<Separation> separations = database.list(
                "select separation_id, track_id, model_id, manifest from separation",
                row -> new Separation(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
        Set<String> named = named(separations);
        Set<String> there = objects();
        figures.put("objects", there.size());
        named.stream()
                .filter(key -> !there.contains(key))
                .forEach(key -> found(Kind.LOST, key + " is not in the store"));
        there.stream()
                .filter(key -> !named.contains(key))
                .forEach(key -> found(Kind.UNEXPLAINED, key + " is an orphan"));
        for (String track : ledger.storedTracks()) {
            checkHash(track);
        }
        for (Separation separation : separations) {
            checkManifest(separation);
            checkSum(separation);
        }
        return List.copyOf(findings);
    }

    Map<String, Integer> figures() {
        return figures;
    }

    private Set<String> named(List<Separation> separations) throws SQLException {
        var named = new TreeSet<String>(database.texts("select object from track"));
        named.addAll(database.texts("select object from stem"));
        for (Separation separation : separations) {
            named.add(separation.manifest());
            String peaks = "separations/" + separation.separationId() + "/peaks/";
            STEMS.forEach(stem -> named.add(peaks + stem + ".peaks"));
            named.add(peaks + "mixture.peaks");
        }
        return named;
    }

    private Set<String> objects() throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            var objects = new TreeSet<String>();
            files.filter(Files::isRegularFile)
                    .map(file -> store.relativize(file).toString())
                    .forEach(objects::add);
            return objects;
        }
    }

    private void checkHash(String trackId) throws IOException {
        Path source = store.resolve("tracks").resolve(trackId).resolve("source.wav");
        if (Files.exists(source)
                && !new DigestUtils(SHA_256).digestAsHex(source).equals(trackId)) {
            found(Kind.UNEXPLAINED, source + " is not what its name says");
        }
    }

    private void checkManifest(Separation separation) throws IOException {
        Path file = store.resolve(separation.manifest());
        if (!Files.exists(file)) {
            return;
        }
        JsonNode manifest = new ObjectMapper().readTree(Files.readAllBytes(file));
        if (!manifest.path("separationId").asText().equals(separation.separationId())
                || !manifest.path("trackId").asText().equals(separation.trackId())
                || !manifest.path("modelId").asText().equals(separation.modelId())) {
            found(Kind.UNEXPLAINED, file + " is about something else");
        }
    }

    private void checkSum(Separation separation) {
        try {
            AudioBuffer source = AudioFiles.readAll(
                    store.resolve("tracks").resolve(separation.trackId()).resolve("source.wav"));
            var sum = new float[source.samples().length][source.lengthFrames()];
            for (String stem : STEMS) {
                AudioBuffer part = AudioFiles.readAll(store.resolve("separations")
                        .resolve(separation.separationId())
                        .resolve(stem + ".wav"));
                if (part.lengthFrames() != source.lengthFrames()) {
                    found(
                            Kind.UNEXPLAINED,
                            "%s of separation %s has %d frames, its source %d"
                                    .formatted(
                                            stem,
                                            separation.separationId(),
                                            part.lengthFrames(),
                                            source.lengthFrames()));
                    return;
                }
                add(part, sum);
            }
            if (difference(source, sum) > ROUNDING) {
                found(
                        Kind.UNEXPLAINED,
                        "the stems of separation %s do not add up".formatted(separation.separationId()));
            }
        } catch (AudioException e) {
            found(Kind.LOST, "separation %s: %s".formatted(separation.separationId(), e.getMessage()));
        }
    }

    private static void add(AudioBuffer part, float[][] sum) {
        for (int channel = 0; channel < sum.length; channel++) {
            for (int i = 0; i < sum[channel].length; i++) {
                sum[channel][i] += part.samples()[channel][i];
            }
        }
    }

    private static float difference(AudioBuffer source, float[][] sum) {
        float largest = 0;
        for (int channel = 0; channel < sum.length; channel++) {
            for (int i = 0; i < sum[channel].length; i++) {
                largest = Math.max(largest, Math.abs(source.samples()[channel][i] - sum[channel][i]));
            }
        }
        return largest;
    }

    private void found(Kind kind, String sentence) {
        findings.add(new Finding(kind, sentence));
    }
}
