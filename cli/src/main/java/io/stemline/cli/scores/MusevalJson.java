package io.stemline.cli.scores;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.stemline.evaluation.StemFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON that museval writes for a track, which its {@code EvalStore} and {@code MethodStore} read. Figures have five decimals,
 * halves going to the even digit. What is infinite becomes NaN, which stands there as the literal {@code NaN}; strict readers of
 * JSON refuse that.
 */
final class MusevalJson {

    /** The version of museval whose format this is. */
    private static final String MUSEVAL_VERSION = "0.4.1";

    private static final List<String> METRICS = List.of("SDR", "SIR", "SAR", "ISR");
    private static final int DECIMALS = 5;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private MusevalJson() {}

    static byte[] of(TrackRecord track) {
        var byStem = new LinkedHashMap<String, Map<String, double[]>>();
        for (StemFrames frames : track.frames()) {
            byStem.computeIfAbsent(frames.stem(), stem -> new LinkedHashMap<>()).put(frames.metric(), frames.values());
        }
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setPrettyPrinter(indented());
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            for (var stem : byStem.entrySet()) {
                writeTarget(json, stem.getKey(), stem.getValue(), track.settings());
            }
            json.writeEndArray();
            json.writeStringField("museval_version", MUSEVAL_VERSION);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A figure as museval keeps it. */
    static double rounded(double figure) {
        return Double.isFinite(figure) ? decimal(figure).doubleValue() : Double.NaN;
    }

    private static void writeTarget(
            JsonGenerator json, String stem, Map<String, double[]> metrics, RunSettings settings) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stem);
        json.writeArrayFieldStart("frames");
        int windows = metrics.get("SDR").length;
        for (int w = 0; w < windows; w++) {
            json.writeStartObject();
            json.writeNumberField("time", w * settings.hopSeconds());
            json.writeNumberField("duration", settings.windowSeconds());
            json.writeObjectFieldStart("metrics");
            for (String metric : METRICS) {
                json.writeFieldName(metric);
                double figure = metrics.get(metric)[w];
                json.writeRawValue(Double.isFinite(figure) ? decimal(figure).toPlainString() : "NaN");
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static BigDecimal decimal(double figure) {
        return new BigDecimal(figure).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    }

    private static DefaultPrettyPrinter indented() {
        var separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("");
        var indenter = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
