package io.stemline.training.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What values a component of a configuration takes. */
sealed interface Kind {

    /** Whole numbers; {@code wide} for {@code long}. */
    record Whole(boolean wide) implements Kind {
        long least() {
            return wide ? Long.MIN_VALUE : Integer.MIN_VALUE;
        }

        long most() {
            return wide ? Long.MAX_VALUE : Integer.MAX_VALUE;
        }

        Object boxed(long value) {
            return wide ? (Object) value : (Object) Math.toIntExact(value);
        }
    }

    /** Numbers; {@code wide} for {@code double}, otherwise {@code float}. */
    record Decimal(boolean wide) implements Kind {
        Object boxed(double value) {
            return wide ? (Object) value : (Object) (float) value;
        }
    }

    record Truth() implements Kind {}

    record Text() implements Kind {}

    /** One of the constants of an enum, by their spelling. */
    record Choice(SequencedMap<String, Enum<?>> constants) implements Kind {
        Optional<Enum<?>> find(String text) {
            return constants.entrySet().stream()
                    .filter(entry -> NearNames.plain(entry.getKey()).equals(NearNames.plain(text)))
                    .<Enum<?>>map(Map.Entry::getValue)
                    .findFirst();
        }

        String spelling(Object constant) {
            return constants.entrySet().stream()
                    .filter(entry -> entry.getValue() == constant)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
        }
    }

    record Several(Kind element) implements Kind {}

    record Perhaps(Kind present) implements Kind {}

    record Nested(RecordShape shape) implements Kind {}

    /**
     * One of several records, told apart by a key, as {@link JsonTypeInfo} and {@link JsonSubTypes} say.
     *
     * @param key whose value is the name of the record
     * @param types whose shapes are looked at when a value has that type, as one may hold others of the same interface
     */
    record Variant(String key, SequencedMap<String, Class<?>> types) implements Kind {
        RecordShape shape(String name) {
            return RecordShape.of(types.get(name));
        }

        String nameOf(Object value) {
            return types.entrySet().stream()
                    .filter(entry -> entry.getValue() == value.getClass())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            value.getClass() + " is not among the @JsonSubTypes of its interface"));
        }
    }

    static Kind of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Kind argument = of(generic.getActualTypeArguments()[0]);
            if (generic.getRawType() == List.class) {
                return new Several(argument);
            }
            if (generic.getRawType() == Optional.class) {
                return new Perhaps(argument);
            }
        }
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw unsupported(type);
    }

    private static Kind ofClass(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return new Whole(false);
        }
        if (type == long.class || type == Long.class) {
            return new Whole(true);
        }
        if (type == double.class || type == Double.class) {
            return new Decimal(true);
        }
        if (type == float.class || type == Float.class) {
            return new Decimal(false);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Truth();
        }
        if (type == String.class) {
            return new Text();
        }
        if (type.isEnum()) {
            return choice(type);
        }
        if (type.isRecord()) {
            return new Nested(RecordShape.of(type));
        }
        if (type.isInterface() && type.isAnnotationPresent(JsonSubTypes.class)) {
            return variant(type);
        }
        throw unsupported(type);
    }

    private static Choice choice(Class<?> type) {
        var constants = new LinkedHashMap<String, Enum<?>>();
        for (Object constant : type.getEnumConstants()) {
            constants.put(spelled((Enum<?>) constant), (Enum<?>) constant);
        }
        return new Choice(constants);
    }

    private static String spelled(Enum<?> constant) {
        try {
            var given = constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return given == null ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-') : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Variant variant(Class<?> type) {
        var types = new LinkedHashMap<String, Class<?>>();
        for (var subType : type.getAnnotation(JsonSubTypes.class).value()) {
            types.put(subType.name(), subType.value());
        }
        return new Variant(type.getAnnotation(JsonTypeInfo.class).property(), types);
    }

    private static IllegalArgumentException unsupported(Type type) {
        return new IllegalArgumentException("A setting cannot be of " + type);
    }

    /** In words, as in "must be ..." without the article. */
    default String words() {
        return switch (this) {
            case Whole _ -> "whole number";
            case Decimal _ -> "number";
            case Truth _ -> "true or false";
            case Text _ -> "text";
            case Choice choice ->
                "one of " + String.join(", ", choice.constants().keySet());
            case Several several -> "list of " + plural(several.element());
            case Perhaps perhaps -> perhaps.present().words() + ", or none";
            case Nested _ -> "group of settings";
            case Variant variant -> "group of settings with a '" + variant.key() + "'";
        };
    }

    private static String plural(Kind element) {
        return switch (element) {
            case Whole _, Decimal _ -> element.words() + "s";
            case Text _ -> "texts";
            case Nested _ -> "groups of settings";
            case Choice choice -> choice.constants().keySet().stream().collect(Collectors.joining(", ", "(", ")"));
            default -> element.words();
        };
    }
}
