package io.stemline.cli.scores;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.Arrays;

/** Figures in strict JSON, which has no NaN: {@code null} where a figure is not defined, and {@code "Infinity"} as text. */
final class DecibelJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule()
                    .addSerializer(double[].class, new FramesWriter())
                    .addSerializer(Double.class, new FigureWriter(Double.class))
                    .addSerializer(double.class, new FigureWriter(double.class))
                    .addDeserializer(double[].class, new FramesReader())
                    .addDeserializer(double.class, new FigureReader()))
            .build();

    private DecibelJson() {}

    private static void write(double figure, JsonGenerator json) throws IOException {
        if (Double.isNaN(figure)) {
            json.writeNull();
        } else if (Double.isInfinite(figure)) {
            json.writeString(Double.toString(figure));
        } else {
            json.writeNumber(figure);
        }
    }

    private static double read(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> Double.NaN;
            case VALUE_STRING -> Double.parseDouble(json.getText());
            default -> json.getDoubleValue();
        };
    }

    private static final class FigureWriter extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        FigureWriter(Class<Double> type) {
            super(type);
        }

        @Override
        public void serialize(Double figure, JsonGenerator json, SerializerProvider provider) throws IOException {
            write(figure, json);
        }
    }

    private static final class FramesWriter extends StdSerializer<double[]> {
        private static final long serialVersionUID = 1L;

        FramesWriter() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] figures, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartArray();
            for (double figure : figures) {
                write(figure, json);
            }
            json.writeEndArray();
        }
    }

    private static final class FigureReader extends StdDeserializer<Double> {
        private static final long serialVersionUID = 1L;

        FigureReader() {
            super(double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return read(json);
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class FramesReader extends StdDeserializer<double[]> {
        private static final long serialVersionUID = 1L;

        FramesReader() {
            super(double[].class);
        }

        @Override
        public double[] deserialize(JsonParser json, DeserializationContext context) throws IOException {
            if (!json.isExpectedStartArrayToken()) {
                context.reportInputMismatch(double[].class, "figures must be an array");
            }
            double[] figures = new double[64];
            int count = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                figures = count == figures.length ? Arrays.copyOf(figures, 2 * count) : figures;
                figures[count++] = read(json);
            }
            return Arrays.copyOf(figures, count);
        }
    }
}
