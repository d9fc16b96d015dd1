package io.stemline.training.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.stemline.training.folder.RecordShape.Component;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Makes records of JSON, or a sentence about what does not fit. */
final class Binding {

    private static final int DIGITS_OF_LONG = 19;

    /** Puts the place of a path in front of a sentence: a file and its line, or a flag. */
    interface Place {
        String of(String path);
    }

    private final Place place;

    Binding(Place place) {
        this.place = place;
    }

    /** The record of a shape in an object, or a refusal of the object. */
    Object bind(JsonNode node, RecordShape shape, String path) {
        return bindRecord(node, shape, Optional.empty(), path);
    }

    private Object bindKind(JsonNode node, Kind kind, Optional<Setting> limits, String path) {
        return switch (kind) {
            case Kind.Whole whole -> bindWhole(node, whole, limits, path);
            case Kind.Decimal decimal -> bindDecimal(node, decimal, limits, path);
            case Kind.Truth _ -> require(node.isBoolean(), node, kind, path).booleanValue();
            case Kind.Text _ -> require(node.isTextual(), node, kind, path).textValue();
            case Kind.Choice choice -> bindChoice(node, choice, path);
            case Kind.Several several -> bindList(node, several, limits, path);
            case Kind.Perhaps perhaps ->
                node.isNull() ? Optional.empty() : Optional.of(bindKind(node, perhaps.present(), limits, path));
            case Kind.Nested nested -> bindRecord(node, nested.shape(), Optional.empty(), path);
            case Kind.Variant variant -> bindVariant(node, variant, path);
        };
    }

    private Object bindRecord(JsonNode node, RecordShape shape, Optional<String> variantKey, String path) {
        require(node.isObject(), node, new Kind.Nested(shape), path);
        List<String> known = new ArrayList<>(shape.keys());
        variantKey.ifPresent(known::addFirst);
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                String unknown = JsonText.child(path, key);
                throw refusal(unknown, "unknown key '" + unknown + "'" + NearNames.hint(key, known));
            }
        });
        var values = new ArrayList<Object>();
        for (Component component : shape.components()) {
            values.add(bindComponent(node, component, path));
        }
        return make(shape, values.toArray(), path);
    }

    private Object bindComponent(JsonNode node, Component component, String path) {
        JsonNode value = node.get(component.key());
        if (value != null) {
            return bindKind(value, component.kind(), component.setting(), JsonText.child(path, component.key()));
        }
        if (component.optional()) {
            return Optional.empty();
        }
        String meaning =
                component.setting().map(said -> " (" + said.doc() + ")").orElse("");
        throw refusal(path, "the key '" + JsonText.child(path, component.key()) + "' is missing" + meaning);
    }

    private Object make(RecordShape shape, Object[] values, String path) {
        try {
            return shape.constructor().newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                String subject = path.isEmpty() ? "the settings do not fit together" : "'" + path + "' does not fit";
                throw new ConfigurationException(place.of(path) + subject + ": " + refusal.getMessage(), refusal);
            }
            throw new IllegalStateException(shape.type() + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(shape.type() + " cannot be made", e);
        }
    }

    private Object bindVariant(JsonNode node, Kind.Variant variant, String path) {
        require(node.isObject(), node, variant, path);
        SequencedMap<String, Class<?>> types = variant.types();
        JsonNode name = node.get(variant.key());
        String keyPath = JsonText.child(path, variant.key());
        if (name == null) {
            throw refusal(
                    path, "the key '" + keyPath + "' is missing; it is one of " + String.join(", ", types.keySet()));
        }
        if (!name.isTextual() || !types.containsKey(name.textValue())) {
            throw refusal(
                    keyPath,
                    "'%s' must be one of %s, and is %s%s"
                            .formatted(
                                    keyPath,
                                    String.join(", ", types.keySet()),
                                    shown(name),
                                    meant(name.asText(), types.keySet())));
        }
        return bindRecord(node, variant.shape(name.textValue()), Optional.of(variant.key()), path);
    }

    private List<Object> bindList(JsonNode node, Kind.Several several, Optional<Setting> limits, String path) {
        require(node.isArray(), node, several, path);
        int least = limits.map(Setting::leastElements).orElse(0);
        int most = limits.map(Setting::mostElements).orElse(Integer.MAX_VALUE);
        if (node.size() < least || node.size() > most) {
            String allowed = least == most
                    ? Integer.toString(least)
                    : most == Integer.MAX_VALUE ? "at least " + least : "between " + least + " and " + most;
            throw refusal(path, "'%s' must have %s elements, and has %d".formatted(path, allowed, node.size()));
        }
        var elements = new ArrayList<Object>();
        for (JsonNode element : node) {
            elements.add(bindKind(element, several.element(), limits, JsonText.element(path, elements.size())));
        }
        return List.copyOf(elements);
    }

    private Object bindChoice(JsonNode node, Kind.Choice choice, String path) {
        return choice.find(node.isTextual() ? node.textValue() : "")
                .orElseThrow(() -> refusal(
                        path,
                        "'%s' must be %s, and is %s%s"
                                .formatted(
                                        path,
                                        choice.words(),
                                        shown(node),
                                        meant(node.asText(), choice.constants().keySet()))));
    }

    private Object bindWhole(JsonNode node, Kind.Whole whole, Optional<Setting> limits, String path) {
        BigDecimal value = require(node.isNumber(), node, whole, path).decimalValue();
        // Numbers like 1e999999999 would take gigabytes to write out.
        boolean writable = value.precision() - (long) value.scale() <= DIGITS_OF_LONG;
        if (writable && value.stripTrailingZeros().scale() > 0) {
            throw mustBe(whole, node, path);
        }
        boolean fits = writable
                && value.compareTo(BigDecimal.valueOf(whole.least())) >= 0
                && value.compareTo(BigDecimal.valueOf(whole.most())) <= 0;
        if (!fits || !within(limits, value.doubleValue())) {
            throw outside(node, limits, "%d and %d".formatted(whole.least(), whole.most()), path);
        }
        return whole.boxed(value.longValueExact());
    }

    private Object bindDecimal(JsonNode node, Kind.Decimal decimal, Optional<Setting> limits, String path) {
        double value = require(node.isNumber(), node, decimal, path).doubleValue();
        double most = decimal.wide() ? Double.MAX_VALUE : Float.MAX_VALUE;
        if (!(Math.abs(value) <= most) || !within(limits, value)) {
            throw outside(node, limits, "%s and %s".formatted(-most, most), path);
        }
        return decimal.boxed(value);
    }

    private static boolean within(Optional<Setting> limits, double value) {
        return limits.map(limit -> value >= limit.min()
                        && value <= limit.max()
                        && (value > limit.above() || limit.above() == Double.NEGATIVE_INFINITY)
                        && (value < limit.below() || limit.below() == Double.POSITIVE_INFINITY))
                .orElse(true);
    }

    private ConfigurationException outside(JsonNode node, Optional<Setting> limits, String representable, String path) {
        String allowed =
                limits.map(Limits::words).filter(words -> !words.isEmpty()).orElse("between " + representable);
        String unit = limits.map(Setting::unit)
                .filter(name -> !name.isEmpty())
                .map(name -> " " + name)
                .orElse("");
        return refusal(path, "'%s' must be %s%s, and is %s".formatted(path, allowed, unit, shown(node)));
    }

    private JsonNode require(boolean fits, JsonNode node, Kind kind, String path) {
        if (!fits) {
            throw mustBe(kind, node, path);
        }
        return node;
    }

    private ConfigurationException mustBe(Kind kind, JsonNode node, String path) {
        String article = kind instanceof Kind.Truth || kind instanceof Kind.Text ? "" : "a ";
        String subject = path.isEmpty() ? "all of it" : "'" + path + "'";
        return refusal(path, "%s must be %s%s, and is %s".formatted(subject, article, kind.words(), shown(node)));
    }

    private static String meant(String name, Iterable<String> known) {
        var names = new ArrayList<String>();
        known.forEach(names::add);
        return NearNames.to(name, names).isEmpty() ? "" : NearNames.hint(name, names);
    }

    private static String shown(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "'" + node.textValue() + "'";
            case OBJECT -> "a group";
            case ARRAY -> "a list";
            case MISSING -> "nothing";
            case NUMBER -> number(node.decimalValue());
            default -> node.toString();
        };
    }

    private static String number(BigDecimal value) {
        boolean writable = Math.abs((long) value.precision() - value.scale()) <= DIGITS_OF_LONG && value.scale() <= 20;
        return writable ? value.toPlainString() : value.toString();
    }

    private ConfigurationException refusal(String path, String sentence) {
        return new ConfigurationException(place.of(path) + sentence);
    }
}
