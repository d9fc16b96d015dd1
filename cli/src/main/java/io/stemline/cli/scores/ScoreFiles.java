package io.stemline.cli.scores;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.stemline.evaluation.StemFrames;
import io.stemline.evaluation.StemScore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The figures of all tracks as strict JSON and as CSV. Windows are read back track by track, so that many tracks fit in memory. */
final class ScoreFiles {

    static final String JSON = "scores.json";
    static final String SCORES_CSV = "scores.csv";
    static final String FRAMES_CSV = "frames.csv";

    private final ScoreFolder folder;
    private final List<TrackOutcome> outcomes;

    ScoreFiles(ScoreFolder folder, List<TrackOutcome> outcomes) {
        this.folder = folder;
        this.outcomes = outcomes;
    }

    void write() throws IOException {
        folder.write(JSON, this::writeJson);
        folder.write(SCORES_CSV, this::writeScores);
        folder.write(FRAMES_CSV, this::writeFrames);
    }

    private void writeJson(BufferedWriter file) throws IOException {
        JsonGenerator json = DecibelJson.MAPPER.createGenerator(file);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writePOJOField("settings", folder.settings());
        json.writePOJOField("summary", ScoreSummary.of(outcomes).figures());
        json.writeArrayFieldStart("tracks");
        for (TrackOutcome outcome : outcomes) {
            writeTrack(json, outcome);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }

    private void writeTrack(JsonGenerator json, TrackOutcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("subset", outcome.track().subset());
        json.writeStringField("name", outcome.track().name());
        if (outcome.failure().isPresent()) {
            json.writeStringField("failure", outcome.failure().get());
        } else {
            TrackRecord record = folder.read(outcome.track());
            json.writeNumberField("seconds", record.seconds());
            json.writePOJOField("scores", record.scores());
            json.writePOJOField("frames", record.frames());
            json.writePOJOField("warnings", record.warnings());
        }
        json.writeEndObject();
    }

    private void writeScores(BufferedWriter file) throws IOException {
        line(file, "subset", "track", "stem", "metric", "value");
        for (TrackOutcome outcome : outcomes) {
            for (StemScore score : outcome.scores()) {
                line(
                        file,
                        outcome.track().subset(),
                        outcome.track().name(),
                        score.stem(),
                        score.metric(),
                        number(score.value()));
            }
        }
    }

    private void writeFrames(BufferedWriter file) throws IOException {
        line(file, "subset", "track", "stem", "metric", "time", "duration", "value");
        for (TrackOutcome outcome : outcomes) {
            if (outcome.failure().isEmpty()) {
                for (StemFrames frames : folder.read(outcome.track()).frames()) {
                    writeFrames(file, outcome.track(), frames);
                }
            }
        }
    }

    private static void writeFrames(BufferedWriter file, ReferencedTrack track, StemFrames frames) throws IOException {
        for (int w = 0; w < frames.values().length; w++) {
            line(
                    file,
                    track.subset(),
                    track.name(),
                    frames.stem(),
                    frames.metric(),
                    number(w * frames.hopSeconds()),
                    number(frames.windowSeconds()),
                    number(frames.values()[w]));
        }
    }

    /** Nothing where a figure is not defined, and the words that readers of CSV know for what is infinite. */
    private static String number(double figure) {
        if (Double.isNaN(figure)) {
            return "";
        }
        if (Double.isInfinite(figure)) {
            return figure > 0 ? "inf" : "-inf";
        }
        return String.format(Locale.ROOT, "%.6f", figure);
    }

    private static void line(BufferedWriter file, String... cells) throws IOException {
        for (int i = 0; i < cells.length; i++) {
            file.write(i == 0 ? "" : ",");
            file.write(quoted(cells[i]));
        }
        file.write("\r\n");
    }

    private static String quoted(String cell) {
        boolean plain =
                cell.chars().noneMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
