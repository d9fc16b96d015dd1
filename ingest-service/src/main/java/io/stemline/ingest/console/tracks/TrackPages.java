package io.stemline.ingest.console.tracks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.stemline.audio.Encoding;
import io.stemline.events.EvaluationCompleted.Score;
import io.stemline.events.StemsReady.Stem;
import io.stemline.ingest.problems.ProblemException;
import io.stemline.ingest.tracks.ScoreCurves;
import io.stemline.ingest.tracks.TrackView;
import io.stemline.ingest.tracks.TrackView.SeparationView;
import io.stemline.ingest.tracks.Tracks;
import io.stemline.pipeline.store.ObjectStore;
import io.stemline.pipeline.store.StoreException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** The page of a track. What it shows follows from the rows; the player fetches what it draws and plays. */
@Path("/tracks")
@Produces(MediaType.TEXT_HTML)
@Blocking
public final class TrackPages {
    /** Stem colours that the style sheet knows, besides the mixture's. */
    private static final int COLOURS = 6;

    private final Tracks tracks;
    private final ScoreCurves scores;
    private final ObjectStore store;
    private final ObjectMapper json;

    TrackPages(Tracks tracks, ScoreCurves scores, ObjectStore store, ObjectMapper json) {
        this.tracks = tracks;
        this.scores = scores;
        this.store = store;
        this.json = json;
    }

    @CheckedTemplate(basePath = "tracks", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    record TrackPage(
            TrackView track,
            double lengthSeconds,
            Optional<SeparationView> separation,
            List<Lane> lanes,
            List<String> windowedMetrics,
            ScoreTable scores,
            Map<String, String> provenance,
            List<String> encodings)
            implements TemplateInstance {}

    /**
     * A sound of the player.
     *
     * @param audio its address without a format
     * @param peaks the address of its waveform
     * @param colour number of its colour
     * @param level peak and loudness in words, where known
     */
    record Lane(String name, String audio, String peaks, int colour, Optional<String> level) {
        public boolean mixture() {
            return colour == 0;
        }
    }

    /** Scores of the whole track: a row a stem, a column a metric. */
    record ScoreTable(List<String> metrics, Map<String, List<Optional<Double>>> byStem) {
        static ScoreTable of(List<Score> scores) {
            List<String> metrics =
                    scores.stream().map(Score::metric).distinct().sorted().toList();
            var byStem = new LinkedHashMap<String, List<Optional<Double>>>();
            scores.stream()
                    .map(Score::stem)
                    .distinct()
                    .forEach(stem -> byStem.put(
                            stem,
                            metrics.stream()
                                    .map(metric -> scores.stream()
                                            .filter(score -> score.stem().equals(stem)
                                                    && score.metric().equals(metric))
                                            .map(Score::value)
                                            .findFirst())
                                    .toList()));
            return new ScoreTable(metrics, byStem);
        }
    }

    @GET
    @Path("/{trackId}")
    @Operation(hidden = true)
    public TemplateInstance page(@PathParam("trackId") String trackId, @RestQuery Optional<String> separation) {
        TrackView track = tracks.find(trackId).orElseThrow(() -> ProblemException.notFound("track", trackId));
        Optional<SeparationView> shown = shown(track, separation.filter(id -> !id.isBlank()));
        return new TrackPage(
                track,
                (double) track.lengthFrames() / track.sampleRateHz(),
                shown,
                lanes(track, shown),
                shown.map(of -> scores.metrics(of.separationId())).orElse(List.of()),
                ScoreTable.of(shown.map(SeparationView::scores).orElse(List.of())),
                shown.map(of -> provenance(of.separationId())).orElse(Map.of()),
                Arrays.stream(Encoding.values()).map(Encoding::spelling).toList());
    }

    private static Optional<SeparationView> shown(TrackView track, Optional<String> wanted) {
        if (wanted.isEmpty()) {
            return track.separations().stream().findFirst();
        }
        return Optional.of(track.separations().stream()
                .filter(separation -> separation.separationId().equals(wanted.get()))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("separation of this track", wanted.get())));
    }

    private static List<Lane> lanes(TrackView track, Optional<SeparationView> separation) {
        var lanes = new ArrayList<Lane>();
        String source = "/api/tracks/%s/audio".formatted(track.trackId());
        if (separation.isEmpty()) {
            lanes.add(new Lane(
                    "mixture", source, "/api/tracks/%s/peaks".formatted(track.trackId()), 0, Optional.empty()));
            return lanes;
        }
        String below = "/api/separations/" + separation.get().separationId();
        lanes.add(new Lane("mixture", source, below + "/peaks/mixture", 0, Optional.empty()));
        for (Stem stem : separation.get().stems()) {
            lanes.add(new Lane(
                    stem.stem(),
                    "%s/stems/%s".formatted(below, stem.stem()),
                    "%s/peaks/%s".formatted(below, stem.stem()),
                    1 + (lanes.size() - 1) % COLOURS,
                    Optional.of("peak %s · RMS %s dBFS"
                            .formatted(
                                    io.stemline.ingest.console.Figures.decibels(stem.peakDb()),
                                    io.stemline.ingest.console.Figures.decibels(stem.rmsDb())))));
        }
        return lanes;
    }

    /** The plain entries of the manifest; none where it cannot be read, which the rest of the page does not depend on. */
    private Map<String, String> provenance(String separationId) {
        var entries = new LinkedHashMap<String, String>();
        try (InputStream manifest =
                store.get(tracks.manifestObject(separationId).orElseThrow())) {
            for (Map.Entry<String, JsonNode> entry : json.readTree(manifest).properties()) {
                if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                    entries.put(entry.getKey(), entry.getValue().asText());
                }
            }
        } catch (IOException | StoreException e) {
            entries.put("manifest", "cannot be read: " + e.getMessage());
        }
        return entries;
    }
}
