package io.stemline.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden samples were published once and may lie on a topic for ever: they are never edited, only added to. */
class ContractTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final URI SOURCE = URI.create("/contract-test");
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-02T12:00:00Z");

    static Stream<Arguments> goldenSamples() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.sorted().map(file -> Arguments.of(file.getFileName().toString(), file)).toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenSamples")
    void everyGoldenSampleIsReadAndSaysTheSameWhenWrittenAgain(String name, Path file) throws IOException {
        // Given
        byte[] golden = Files.readAllBytes(file);

        // When
        Event event = EventCodec.fromJson(typeOf(name), golden, name);
        byte[] written = EventCodec.toJson(event);

        // Then
        assertThat(EventCodec.fromJson(typeOf(name), written, name)).isEqualTo(event);
        assertThatEveryFieldIsKept(MAPPER.readTree(golden), MAPPER.readTree(written), name);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenSamples")
    void aFieldOfALaterVersionIsPassedOver(String name, Path file) throws IOException {
        // Given
        ObjectNode later = (ObjectNode) MAPPER.readTree(Files.readAllBytes(file));
        later.put("fieldOfTheFuture", 1);

        // When
        Event event = EventCodec.fromJson(typeOf(name), MAPPER.writeValueAsBytes(later), name);

        // Then
        assertThat(event).isEqualTo(EventCodec.fromJson(typeOf(name), Files.readAllBytes(file), name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goldenSamples")
    void aMissingRequiredFieldIsRefusedByName(String name, Path file) throws IOException {
        // Given
        JsonNode schema = MAPPER.readTree(EventCodec.schemaText(typeOf(name)));
        for (JsonNode required : schema.get("required")) {
            ObjectNode without = (ObjectNode) MAPPER.readTree(Files.readAllBytes(file));
            without.remove(required.asText());

            // When, Then
            assertThatThrownBy(() -> EventCodec.fromJson(typeOf(name), MAPPER.writeValueAsBytes(without), "event 7"))
                    .isInstanceOf(UnreadableEventException.class)
                    .hasMessageStartingWith("event 7: breaks " + typeOf(name).typeName())
                    .hasMessageContaining(required.asText());
        }
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void aRecordHasExactlyTheFieldsOfItsSchema(EventType type) throws IOException {
        // Given
        JsonNode properties = MAPPER.readTree(EventCodec.schemaText(type)).get("properties");

        // When
        List<String> components = Arrays.stream(type.recordClass().getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        // Then
        assertThat(components).containsExactlyInAnyOrderElementsOf(properties::fieldNames);
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void theAsyncApiDocumentNamesEveryTopicAndSchema(EventType type) throws IOException {
        // Given
        String document = new String(
                EventCodec.class.getResourceAsStream("asyncapi.yaml").readAllBytes(), StandardCharsets.UTF_8);

        // When, Then
        assertThat(document)
                .contains("address: " + type.topic() + "\n")
                .contains("name: " + type.typeName() + "\n")
                .contains("$ref: './" + type.schemaResource() + "'");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void everyTypeHasAGoldenSampleWithEveryFieldAndOneWithTheLeast(EventType type) {
        // Given
        String stem = type.schemaResource().replace(".json", "");

        // When, Then
        assertThat(GOLDEN.resolve(stem + ".full.json")).exists();
        assertThat(GOLDEN.resolve(stem + ".least.json")).exists();
    }

    @Test
    void anEventTravelsAsACloudEvent() {
        // Given
        var promoted = (ModelPromoted) read(EventType.MODEL_PROMOTED, "model.promoted.v1.full.json");

        // When
        CloudEvent envelope = EventCodec.encode(promoted, "id-1", SOURCE, NOON);

        // Then
        assertThat(envelope.getType()).isEqualTo("io.stemline.model.promoted.v1");
        assertThat(envelope.getSubject()).isEqualTo("default");
        assertThat(envelope.getDataContentType()).isEqualTo("application/json");
        assertThat(EventCodec.decode(envelope)).isEqualTo(promoted);
    }

    @Test
    void anEventOfUnknownTypeIsRefused() {
        // Given
        CloudEvent stranger = CloudEventBuilder.v1()
                .withId("id-2")
                .withSource(SOURCE)
                .withType("com.example.other")
                .build();

        // When, Then
        assertThatThrownBy(() -> EventCodec.decode(stranger))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("event id-2: the type 'com.example.other' is not one that Stemline knows");
    }

    @Test
    void dataThatIsNotJsonIsRefused() {
        // Given
        byte[] garbage = "{\"trackId\": ".getBytes(StandardCharsets.UTF_8);

        // When, Then
        assertThatThrownBy(() -> EventCodec.fromJson(EventType.AUDIO_READY, garbage, "event id-3"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("event id-3: is not JSON");
    }

    @Test
    void aValueOutsideItsRangeIsRefusedWithItsPlace() throws IOException {
        // Given
        ObjectNode silly = (ObjectNode) MAPPER.readTree(Files.readAllBytes(GOLDEN.resolve("audio.ready.v1.full.json")));
        ((ObjectNode) silly.get("audio")).put("sampleRateHz", 0);

        // When, Then
        assertThatThrownBy(() -> EventCodec.fromJson(EventType.AUDIO_READY, MAPPER.writeValueAsBytes(silly), "event 4"))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("/audio/sampleRateHz");
    }

    private static Event read(EventType type, String file) {
        try {
            return EventCodec.fromJson(type, Files.readAllBytes(GOLDEN.resolve(file)), file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static EventType typeOf(String goldenName) {
        String schema = goldenName.replaceAll("\\.(full|least)\\.json$", ".json");
        return Arrays.stream(EventType.values())
                .filter(type -> type.schemaResource().equals(schema))
                .findFirst()
                .orElseThrow();
    }

    private static void assertThatEveryFieldIsKept(JsonNode golden, JsonNode written, String path) {
        if (golden.isObject()) {
            golden.fieldNames().forEachRemaining(field -> {
                assertThat(written.has(field)).as(path + "/" + field).isTrue();
                assertThatEveryFieldIsKept(golden.get(field), written.get(field), path + "/" + field);
            });
        } else if (golden.isArray()) {
            assertThat(written.size()).as(path).isEqualTo(golden.size());
            for (int i = 0; i < golden.size(); i++) {
                assertThatEveryFieldIsKept(golden.get(i), written.get(i), path + "/" + i);
            }
        } else if (golden.isNumber()) {
            assertThat(written.asDouble()).as(path).isEqualTo(golden.asDouble());
        } else {
            assertThat(written).as(path).isEqualTo(golden);
        }
    }
}
