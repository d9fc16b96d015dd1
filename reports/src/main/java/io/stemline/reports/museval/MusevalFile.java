package io.stemline.reports.museval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one file of museval's as a stream:
 * {@code {"targets": [{"name", "frames": [{"time", "duration", "metrics": {"SDR": 6.1, ...}}]}]}}. Figures may be the literals
 * {@code NaN} and {@code Infinity}, which JSON does not know, or {@code null}. What is not known is skipped.
 */
final class MusevalFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private MusevalFile() {}

    /** Why a file cannot be used, as the end of a sentence. */
    static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** The scores of a file; empty where it is JSON of something else. */
    static Optional<MusevalTrack> read(Path file) throws UnusableException {
        try (JsonParser json = JSON.createParser(Files.newInputStream(file))) {
            if (json.nextToken() == null) {
                throw new UnusableException("the file is empty");
            }
            return json.isExpectedStartObjectToken() ? Optional.ofNullable(track(json)) : Optional.empty();
        } catch (JsonEOFException e) {
            throw new UnusableException(
                    "the file is cut off in line %d".formatted(e.getLocation().getLineNr()));
        } catch (JsonParseException e) {
            throw new UnusableException("it is not JSON, from line %d on (%s)"
                    .formatted(e.getLocation().getLineNr(), firstLine(e)));
        } catch (JsonProcessingException e) {
            throw new UnusableException("it is not museval's JSON (%s)".formatted(firstLine(e)));
        } catch (MalformedInputException e) {
            throw new UnusableException("it is not text");
        } catch (IOException e) {
            throw new UnusableException("it cannot be read (%s)".formatted(e.getMessage()));
        }
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static MusevalTrack track(JsonParser json) throws IOException {
        MusevalTrack track = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("targets") && json.isExpectedStartArrayToken()) {
                track = new MusevalTrack();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    target(json, track);
                }
            } else {
                json.skipChildren();
            }
        }
        // Something after the end means that the file was put together wrongly.
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "there is more after the end");
        }
        return track;
    }

    private static void target(JsonParser json, MusevalTrack track) throws IOException {
        requireObject(json, "a target");
        String name = null;
        var target = new MusevalTrack.Target();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (field.equals("name")) {
                name = json.getText();
            } else if (field.equals("frames") && json.isExpectedStartArrayToken()) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    frame(json, target);
                }
            } else {
                json.skipChildren();
            }
        }
        if (name == null) {
            throw new JsonParseException(json, "a target has no name");
        }
        track.add(name, target);
    }

    private static void frame(JsonParser json, MusevalTrack.Target target) throws IOException {
        requireObject(json, "a frame");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "time" -> target.time(figure(json));
                case "duration" -> target.duration(figure(json));
                case "metrics" -> {
                    requireObject(json, "the metrics of a frame");
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String metric = json.currentName();
                        json.nextToken();
                        target.figure(metric, figure(json));
                    }
                }
                default -> json.skipChildren();
            }
        }
        target.endFrame();
    }

    private static double figure(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> json.getDoubleValue();
            case VALUE_NULL -> Double.NaN;
            case VALUE_STRING -> spelledOut(json);
            default -> throw new JsonParseException(json, "a figure is not a number");
        };
    }

    private static double spelledOut(JsonParser json) throws IOException {
        return switch (json.getText()) {
            case "NaN" -> Double.NaN;
            case "Infinity", "inf" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new JsonParseException(json, "a figure is not a number");
        };
    }

    private static void requireObject(JsonParser json, String what) throws IOException {
        if (!json.isExpectedStartObjectToken()) {
            throw new JsonParseException(json, what + " is not an object");
        }
    }
}
