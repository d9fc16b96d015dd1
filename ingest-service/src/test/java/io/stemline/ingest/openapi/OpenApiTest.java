package io.stemline.ingest.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.stemline.service.testing.Backends;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backends.class)
class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final String PROBLEM = "application/problem+json";

    private JsonNode api;

    /** An operation by what it is called in messages. */
    private record Described(String name, JsonNode operation) {}

    @BeforeEach
    void read() throws IOException {
        api = new ObjectMapper()
                .readTree(given().get("/api/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
    }

    private List<Described> operations() {
        var operations = new ArrayList<Described>();
        api.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(new Described(method.getKey() + " " + path.getKey(), method.getValue()));
                    }
                }));
        return operations;
    }

    @Test
    void everyParameterHasAnExample() {
        // When
        List<String> without = operations().stream()
                .flatMap(described -> described
                        .operation()
                        .path("parameters")
                        .valueStream()
                        .filter(parameter -> !parameter.has("example"))
                        .map(parameter ->
                                described.name() + ": " + parameter.path("name").asText()))
                .toList();

        // Then
        assertThat(operations()).hasSizeGreaterThan(50);
        assertThat(without).isEmpty();
    }

    @Test
    void whatIsSentAndWhatIsAnsweredHasAnExampleThatIsOfItsSchema() {
        // When
        var faults = new ArrayList<String>();
        for (Described described : operations()) {
            described
                    .operation()
                    .path("requestBody")
                    .path("content")
                    .properties()
                    .forEach(type -> check(
                            described.name() + " takes " + type.getKey(), type.getKey(), type.getValue(), faults));
            described.operation().get("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .flatMap(response -> response.getValue().path("content").properties().stream())
                    .forEach(type -> check(
                            described.name() + " answers " + type.getKey(), type.getKey(), type.getValue(), faults));
        }

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void whatCreatesSomethingSaysSo() {
        // When
        List<String> creating = operations().stream()
                .filter(described -> described.operation().get("responses").has("201"))
                .map(Described::name)
                .toList();

        // Then
        assertThat(creating)
                .containsExactlyInAnyOrder(
                        "post /api/batches",
                        "post /api/batches/manifest",
                        "post /api/batches/upload",
                        "post /api/catalogue/separate",
                        "post /api/datasets",
                        "post /api/keys",
                        "post /api/reseparations",
                        "post /api/retraining/requests");
        assertThat(operations())
                .filteredOn(described -> creating.contains(described.name()))
                .noneMatch(described -> described.operation().get("responses").has("200"));
    }

    @Test
    void everyErrorIsAProblemDocument() {
        // When
        List<Described> operations = operations();

        // Then
        assertThat(operations).allSatisfy(described -> {
            JsonNode problem =
                    described.operation().at("/responses/default/content").path(PROBLEM);
            assertThat(problem.path("examples").properties())
                    .as(described.name())
                    .hasSizeGreaterThan(4);
            var faults = new ArrayList<String>();
            problem.get("examples")
                    .properties()
                    .forEach(example -> conform(
                            example.getKey(),
                            problem.get("schema"),
                            example.getValue().get("value"),
                            faults));
            assertThat(faults).isEmpty();
        });
    }

    private void check(String place, String mediaType, JsonNode type, List<String> faults) {
        boolean text = mediaType.startsWith("text/") || mediaType.endsWith("json");
        if (!type.has("example")) {
            if (text) {
                faults.add(place + ": there is no example");
            }
        } else if (mediaType.equals("application/json")) {
            conform(place, type.path("schema"), type.get("example"), faults);
        }
    }

    private void conform(String place, JsonNode schema, JsonNode value, List<String> faults) {
        if (schema.has("$ref")) {
            conform(place, api.at(schema.get("$ref").asText().substring(1)), value, faults);
        } else if (value.isObject() && schema.path("properties").isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    faults.add("%s: '%s' is missing".formatted(place, name.asText()));
                }
            });
            value.properties().forEach(field -> {
                JsonNode property = schema.get("properties").path(field.getKey());
                if (property.isMissingNode()) {
                    faults.add("%s: there is no '%s'".formatted(place, field.getKey()));
                } else {
                    conform(place + "." + field.getKey(), property, field.getValue(), faults);
                }
            });
        } else if (value.isArray() && schema.has("items")) {
            value.forEach(item -> conform(place + "[]", schema.get("items"), item, faults));
        } else if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(allowed -> allowed.equals(value))) {
            faults.add("%s: %s is not one of %s".formatted(place, value, schema.get("enum")));
        } else if (schema.has("type") && !isOf(schema.get("type"), value)) {
            faults.add("%s: %s is not of the type %s".formatted(place, value, schema.get("type")));
        }
    }

    private static boolean isOf(JsonNode type, JsonNode value) {
        return type.isArray()
                ? type.valueStream().anyMatch(one -> isOf(one, value))
                : switch (type.asText()) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> value.isNull();
                };
    }
}
