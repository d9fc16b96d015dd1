package io.stemline.training.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stemline.training.folder.RecordShape.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A configuration as JSON, and its settings: all that is no group of others.
 *
 * @param root all of it
 * @param leaves in the order of the records
 */
record SettingTree(ObjectNode root, List<Leaf> leaves) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * A setting.
     *
     * @param path from the root
     * @param owner the object that it is in
     * @param key in that object
     * @param fixed whether it decides which settings there are beside it
     */
    record Leaf(String path, ObjectNode owner, String key, Kind kind, Optional<Setting> setting, boolean fixed) {

        JsonNode value() {
            JsonNode value = owner.get(key);
            return value == null ? NODES.nullNode() : value;
        }
    }

    static SettingTree of(Object configuration, RecordShape shape) {
        var leaves = new ArrayList<Leaf>();
        return new SettingTree(group(configuration, shape, NODES.objectNode(), "", leaves), leaves);
    }

    private static ObjectNode group(Object owner, RecordShape shape, ObjectNode node, String path, List<Leaf> leaves) {
        for (Component component : shape.components()) {
            add(component, component.of(owner), node, JsonText.child(path, component.key()), leaves);
        }
        return node;
    }

    private static void add(Component component, Object value, ObjectNode owner, String path, List<Leaf> leaves) {
        if (component.kind() instanceof Kind.Nested nested) {
            owner.set(component.key(), group(value, nested.shape(), NODES.objectNode(), path, leaves));
        } else if (component.kind() instanceof Kind.Variant variant) {
            owner.set(component.key(), variant(variant, value, path, leaves));
        } else {
            if (!Optional.empty().equals(value)) {
                owner.set(component.key(), json(component.kind(), value));
            }
            leaves.add(new Leaf(path, owner, component.key(), component.kind(), component.setting(), false));
        }
    }

    private static ObjectNode variant(Kind.Variant variant, Object value, String path, List<Leaf> leaves) {
        ObjectNode node = NODES.objectNode();
        String name = variant.nameOf(value);
        node.put(variant.key(), name);
        leaves.add(new Leaf(
                JsonText.child(path, variant.key()), node, variant.key(), new Kind.Text(), Optional.empty(), true));
        return group(value, variant.shape(name), node, path, leaves);
    }

    private static JsonNode json(Kind kind, Object value) {
        return switch (kind) {
            case Kind.Whole _ -> NODES.numberNode(((Number) value).longValue());
            case Kind.Decimal(boolean wide) ->
                wide ? NODES.numberNode((Double) value) : NODES.numberNode((Float) value);
            case Kind.Truth _ -> NODES.booleanNode((Boolean) value);
            case Kind.Text _ -> NODES.textNode((String) value);
            case Kind.Choice choice -> NODES.textNode(choice.spelling(value));
            case Kind.Perhaps perhaps -> json(perhaps.present(), ((Optional<?>) value).orElseThrow());
            case Kind.Several several -> {
                var array = NODES.arrayNode();
                ((List<?>) value).forEach(element -> array.add(json(several.element(), element)));
                yield array;
            }
            case Kind.Nested nested -> group(value, nested.shape(), NODES.objectNode(), "", new ArrayList<>());
            case Kind.Variant variant -> variant(variant, value, "", new ArrayList<>());
        };
    }

    /** Indented by two, lists in one line, the same on every system. */
    String toJson() {
        var indenter = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(indenter))
                            .writeValueAsString(root)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
