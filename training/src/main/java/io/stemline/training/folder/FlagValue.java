package io.stemline.training.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Settings as flags give them: lists with commas, no quotes, {@code none} for what is not there. */
final class FlagValue {

    private static final String NONE = "none";
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private FlagValue() {}

    /** The value as JSON; text where it is nothing else, which is refused later with the right sentence. */
    static JsonNode parse(Kind kind, String text) {
        return switch (kind) {
            case Kind.Whole _, Kind.Decimal _ -> number(text);
            case Kind.Truth _ -> truth(text);
            case Kind.Text _, Kind.Choice _ -> NODES.textNode(text);
            case Kind.Perhaps perhaps ->
                text.equalsIgnoreCase(NONE) ? NODES.nullNode() : parse(perhaps.present(), text);
            case Kind.Several several -> list(several, text.strip());
            case Kind.Nested _, Kind.Variant _ -> json(text).orElseGet(() -> NODES.textNode(text));
        };
    }

    private static JsonNode number(String text) {
        try {
            return NODES.numberNode(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            return NODES.textNode(text);
        }
    }

    private static JsonNode truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> NODES.booleanNode(true);
            case "false", "no", "off" -> NODES.booleanNode(false);
            default -> NODES.textNode(text);
        };
    }

    private static JsonNode list(Kind.Several several, String text) {
        if (text.startsWith("[")) {
            return json(text).orElseGet(() -> NODES.textNode(text));
        }
        var array = NODES.arrayNode();
        if (!text.isEmpty() && !text.equalsIgnoreCase(NONE)) {
            for (String element : text.split(",", -1)) {
                array.add(parse(several.element(), element.strip()));
            }
        }
        return array;
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(JsonText.parse(text).root());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The text that a flag would give for a value. */
    static String text(JsonNode value) {
        if (value.isNull()) {
            return NONE;
        }
        if (value.isArray()) {
            boolean plain = StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isValueNode);
            if (plain && !value.isEmpty()) {
                return StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(","));
            }
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
