package io.stemline.training.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The components of a record, and how to make one. */
record RecordShape(Class<?> type, List<Component> components, Constructor<?> constructor) {

    /**
     * A component.
     *
     * @param key its name in files
     * @param setting what is said about it, if it is
     */
    record Component(String key, Kind kind, Optional<Setting> setting, Method accessor) {

        Object of(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(accessor + " cannot be called", e);
            }
        }

        boolean optional() {
            return kind instanceof Kind.Perhaps;
        }
    }

    static RecordShape of(Class<?> type) {
        try {
            var parts = type.getRecordComponents();
            var constructor = type.getDeclaredConstructor(
                    Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return new RecordShape(type, components(type, parts), constructor);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type + " has no canonical constructor", e);
        }
    }

    private static List<Component> components(Class<?> type, RecordComponent[] parts) {
        var components = new ArrayList<Component>();
        for (RecordComponent part : parts) {
            part.getAccessor().setAccessible(true);
            components.add(new Component(
                    key(type, part),
                    Kind.of(part.getGenericType()),
                    Optional.ofNullable(part.getAnnotation(Setting.class)),
                    part.getAccessor()));
        }
        return List.copyOf(components);
    }

    /** The name that {@link JsonProperty} gives, which on components ends up on fields. */
    private static String key(Class<?> type, RecordComponent part) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getName().equals(part.getName()))
                .map(field -> field.getAnnotation(JsonProperty.class))
                .filter(given -> given != null && !given.value().isEmpty())
                .map(JsonProperty::value)
                .findFirst()
                .orElse(part.getName());
    }

    List<String> keys() {
        return components.stream().map(Component::key).toList();
    }
}
