package io.stemline.reports.museval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.stemline.reports.scores.Windows;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * The JSON that museval writes for a track, which its {@code EvalStore} and {@code MethodStore} read. Figures have five decimals,
 * halves going to the even digit. What is undefined or infinite stands there as the literal {@code NaN}; strict readers of JSON
 * refuse that.
 */
public final class MusevalJson {
    /** The metrics that the format has a place for. */
    public static final List<String> METRICS = List.of("SDR", "SIR", "SAR", "ISR");

    private static final String MUSEVAL_VERSION = "0.4.1";
    private static final int DECIMALS = 5;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private MusevalJson() {}

    /**
     * The windows of one stem.
     *
     * @param figures by metric, {@code [window]}; a metric that is missing, or has fewer windows than others, is NaN there
     */
    public record Target(String stem, Windows windows, Map<String, double[]> figures) {
        int windowCount() {
            return METRICS.stream().mapToInt(metric -> of(metric).length).max().orElse(0);
        }

        double[] of(String metric) {
            return figures.getOrDefault(metric, new double[0]);
        }
    }

    /** Writes a track to a stream, which stays open. */
    public static void write(List<Target> targets, OutputStream stream) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(stream)) {
            json.setPrettyPrinter(indented());
            json.writeStartObject();
            json.writeArrayFieldStart("targets");
            for (Target target : targets) {
                write(json, target);
            }
            json.writeEndArray();
            json.writeStringField("museval_version", MUSEVAL_VERSION);
            json.writeEndObject();
        }
    }

    /** A figure as museval keeps it. */
    public static double rounded(double figure) {
        return Double.isFinite(figure) ? decimal(figure).doubleValue() : Double.NaN;
    }

    private static void write(JsonGenerator json, Target target) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", target.stem());
        json.writeArrayFieldStart("frames");
        int count = target.windowCount();
        for (int w = 0; w < count; w++) {
            json.writeStartObject();
            json.writeNumberField("time", w * target.windows().hopSeconds());
            json.writeNumberField("duration", target.windows().lengthSeconds());
            json.writeObjectFieldStart("metrics");
            for (String metric : METRICS) {
                double[] figures = target.of(metric);
                json.writeFieldName(metric);
                json.writeRawValue(
                        w < figures.length && Double.isFinite(figures[w])
                                ? decimal(figures[w]).toPlainString()
                                : "NaN");
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
