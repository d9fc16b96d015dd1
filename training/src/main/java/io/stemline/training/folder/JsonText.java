package io.stemline.training.folder;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * JSON with the line at which each value stands.
 *
 * @param root all of it
 * @param lines by the path of the value: {@code network.stageChannels[2]}
 */
record JsonText(JsonNode root, Map<String, Integer> lines) {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    /**
     * Reads JSON.
     *
     * @throws IOException a {@link com.fasterxml.jackson.core.JacksonException} if it is none
     */
    static JsonText parse(String text) throws IOException {
        var lines = new HashMap<String, Integer>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return new JsonText(NODES.missingNode(), lines);
            }
            JsonNode root = read(parser, "", lines);
            // Whatever follows is an error of the parser's or a second value.
            JsonToken further = parser.nextToken();
            if (further != null) {
                lines.put("", parser.currentTokenLocation().getLineNr());
                return new JsonText(NODES.missingNode(), lines);
            }
            return new JsonText(root, lines);
        }
    }

    static String child(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String element(String path, int index) {
        return path + "[" + index + "]";
    }

    private static JsonNode read(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path, lines);
            case START_ARRAY -> array(parser, path, lines);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        ObjectNode node = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            lines.put(child(path, key), parser.currentTokenLocation().getLineNr());
            parser.nextToken();
            node.set(key, read(parser, child(path, key), lines));
        }
        return node;
    }

    private static ArrayNode array(JsonParser parser, String path, Map<String, Integer> lines) throws IOException {
        ArrayNode node = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            node.add(read(parser, element(path, node.size()), lines));
        }
        return node;
    }
}
