package io.stemline.ingest.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Gives every operation an example of each parameter, of what is sent and of what is answered, and tells that every error is a
 * problem document. Examples stand in {@code openapi-examples.json}: {@code "GET /api/batches": {"request": ..., "answer": ...}},
 * and those of parameters by their names; an operation that creates something has its {@code status} there. What is sent in several media types has an example of each by its name.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUNTIME_STARTUP)
public final class DescribedApi implements OASFilter {
    private static final String PROBLEM = "Problem";
    private static final String DOCUMENT = "application/problem+json";
    private static final int CREATED = 201;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode examples = examples();

    private static JsonNode examples() {
        try (InputStream stream = Objects.requireNonNull(
                DescribedApi.class.getResourceAsStream("openapi-examples.json"), "openapi-examples.json")) {
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents().addSchema(PROBLEM, problemSchema());
        Optional.ofNullable(api.getPaths())
                .ifPresent(paths -> paths.getPathItems()
                        .forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
                            describe(
                                    item, operation, examples.path("operations").path(method + " " + path));
                        })));
    }

    private void describe(PathItem item, Operation operation, JsonNode own) {
        Stream.of(item.getParameters(), operation.getParameters())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .forEach(parameter -> describe(parameter, own));
        if (operation.getRequestBody() != null) {
            addExample(operation.getRequestBody().getContent(), own.path("request"));
        }
        if (own.path("status").asInt() == CREATED) {
            APIResponses responses = operation.getResponses();
            APIResponse answer = responses.getAPIResponse("200");
            responses.removeAPIResponse("200");
            responses.addAPIResponse(Integer.toString(CREATED), answer.description("Created"));
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                addExample(response.getContent(), own.path("answer"));
            }
        });
        operation.getResponses().addAPIResponse("default", problem());
    }

    private void describe(Parameter parameter, JsonNode own) {
        JsonNode example = own.path("parameters").path(parameter.getName());
        parameter.setExample(
                value(example.isMissingNode() ? examples.path("parameters").path(parameter.getName()) : example));
    }

    private static void addExample(Content content, JsonNode example) {
        if (content != null && !example.isMissingNode()) {
            content.getMediaTypes()
                    .forEach((name, type) -> type.setExample(value(example.has(name) ? example.get(name) : example)));
        }
    }

    private static Object value(JsonNode example) {
        return example.isMissingNode() ? null : JSON.convertValue(example, Object.class);
    }

    private APIResponse problem() {
        var type = OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM));
        examples.path("problems")
                .properties()
                .forEach(problem -> type.addExample(problem.getKey(), example(problem.getValue())));
        return OASFactory.createAPIResponse()
                .description("What went wrong, as a problem document (RFC 9457)")
                .content(OASFactory.createContent().addMediaType(DOCUMENT, type));
    }

    private static Example example(JsonNode problem) {
        return OASFactory.createExample()
                .summary(problem.path("title").asText())
                .value(value(problem));
    }

    private static Schema problemSchema() {
        return OASFactory.createSchema()
                .addType(Schema.SchemaType.OBJECT)
                .required(List.of("type", "title", "status", "detail"))
                .properties(Map.of(
                        "type", text("urn:stemline:problem: and the code"),
                        "title", text("What kind of problem it is"),
                        "status",
                                OASFactory.createSchema()
                                        .addType(Schema.SchemaType.INTEGER)
                                        .description("The HTTP status"),
                        "detail", text("The sentence for the one who asked")));
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING).description(description);
    }
}
