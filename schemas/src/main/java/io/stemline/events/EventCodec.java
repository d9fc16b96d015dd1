package io.stemline.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * Between event records and CloudEvents 1.0 with JSON data. What comes in is held against its JSON Schema first, so that an event
 * that breaks its contract is refused with the place and the rule; fields that the schema does not know are passed over.
 */
public final class EventCodec {
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .build();
    private static final Map<EventType, Schema> SCHEMAS = loadSchemas();

    private EventCodec() {}

    /**
     * @param id the event's id; the same for the same fact, so that receivers can tell a repetition
     * @param source the service that says it
     */
    public static CloudEvent encode(Event event, String id, URI source, OffsetDateTime time) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withType(EventType.of(event).typeName())
                .withSource(source)
                .withSubject(event.key())
                .withTime(time)
                .withData(JSON, toJson(event))
                .build();
    }

    /**
     * @throws UnreadableEventException if the type is unknown, the data is not JSON, or it breaks its schema
     */
    public static Event decode(CloudEvent envelope) {
        EventType type = EventType.named(envelope.getType())
                .orElseThrow(() -> new UnreadableEventException("event %s: the type '%s' is not one that Stemline knows"
                        .formatted(envelope.getId(), envelope.getType())));
        if (envelope.getData() == null) {
            throw new UnreadableEventException("event %s: it carries no data".formatted(envelope.getId()));
        }
        return fromJson(type, envelope.getData().toBytes(), "event " + envelope.getId());
    }

    /** The data of an event as UTF-8 JSON. */
    public static byte[] toJson(Event event) {
        try {
            return MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + event, e);
        }
    }

    /**
     * @param name what to call the event in an error
     * @throws UnreadableEventException if it is not JSON or breaks its schema
     */
    public static Event fromJson(EventType type, byte[] json, String name) {
        JsonNode tree = parse(json, name);
        requireValid(type, tree, name);
        try {
            return MAPPER.treeToValue(tree, type.recordClass());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnreadableEventException("%s: breaks %s: %s".formatted(name, type.typeName(), e.getMessage()), e);
        }
    }

    private static void requireValid(EventType type, JsonNode tree, String name) {
        List<Error> errors;
        try {
            errors = SCHEMAS.get(type).validate(tree.toString(), InputFormat.JSON);
        } catch (JacksonException e) {
            // The validator's own: a number that no long holds, where the schema asks for a least one.
            throw new UnreadableEventException(
                    "%s: breaks %s: a number in it is out of range (%s)"
                            .formatted(name, type.typeName(), e.getOriginalMessage()),
                    e);
        }
        if (!errors.isEmpty()) {
            Error first = errors.getFirst();
            throw new UnreadableEventException("%s: breaks %s at '%s': %s"
                    .formatted(name, type.typeName(), first.getInstanceLocation(), first.getMessage()));
        }
    }

    private static JsonNode parse(byte[] json, String name) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree == null || tree.isMissingNode()) {
                throw new UnreadableEventException(name + ": is empty, where JSON is expected");
            }
            return tree;
        } catch (IOException e) {
            throw new UnreadableEventException(name + ": is not JSON", e);
        }
    }

    private static Map<EventType, Schema> loadSchemas() {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        var schemas = new EnumMap<EventType, Schema>(EventType.class);
        for (EventType type : EventType.values()) {
            schemas.put(type, registry.getSchema(schemaText(type)));
        }
        return schemas;
    }

    /** The JSON Schema of an event's data, as text. */
    public static String schemaText(EventType type) {
        try (InputStream in = EventCodec.class.getResourceAsStream(type.schemaResource())) {
            if (in == null) {
                throw new IllegalStateException("no schema on the class path: " + type.schemaResource());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
